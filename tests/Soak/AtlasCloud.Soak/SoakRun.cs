using System.Diagnostics;

namespace AtlasCloud.Soak;

/// <summary>Starts the emulator, runs and kills workers, and audits the result.</summary>
internal sealed class SoakRun
{
    // A job can be refused several times before a worker submits it successfully.
    private const int MaximumRounds = 5;

    // With those between the rounds, this stays within the two weeks for which the service keeps results.
    private const int MaximumSecondAccountRuns = 4;

    // After this time, a client can conclude from the history that a request was not accepted.
    private static readonly TimeSpan s_recoveryWindow = TimeSpan.FromHours(25);

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(10);

    private readonly SoakSettings _settings;
    private readonly TextWriter _out;
    private readonly Random _random;
    private readonly HurriedClock _clock;
    private int _starts;
    private int _kills;

    internal SoakRun(SoakSettings settings, TextWriter output)
    {
        (_settings, _out, _random) = (settings, output, new Random(settings.Seed));
        _clock = new HurriedClock(TimeProvider.System.GetUtcNow(), settings.Speed, TimeSpan.Zero);
    }

    internal async Task<SoakReport> RunAsync(string folder, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        List<string> crashes = [];
        EmulatorOptions options = new()
        {
            Balance = 1_000_000m,
            Clock = _clock,
            Scenario = FaultMix.CreateScenario(_settings),
            VideoDuration = TimeSpan.FromSeconds(10),
        };
        await using Emulator emulator = Emulator.Start(options);
        await File.WriteAllBytesAsync(CreateWorkerSettings(emulator, folder, collectsOnly: false).Picture, Convert.FromBase64String(Pixel), cancellationToken).ConfigureAwait(false);

        await RunAndKillWorkersAsync(emulator, folder, crashes, cancellationToken).ConfigureAwait(false);
        await RunUntilAcceptedAsync(emulator, folder, crashes, cancellationToken).ConfigureAwait(false);

        // Without faults, the remaining jobs are recovered or submitted, and the remaining results are collected from the journal.
        emulator.StopChaos();
        foreach (bool collectsOnly in (bool[])[true, false, true])
        {
            await RunOnceAsync(emulator, folder, collectsOnly, crashes, cancellationToken).ConfigureAwait(false);
        }

        SoakAudit audit = await SoakAudit.ReadAsync(emulator, CreateWorkerSettings(emulator, folder, collectsOnly: true), cancellationToken).ConfigureAwait(false);
        return new SoakReport(_settings, audit, crashes)
        {
            Starts = _starts,
            Kills = _kills,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <summary>Runs workers sequentially, and kills each one after a random number of tasks.</summary>
    private async Task RunAndKillWorkersAsync(Emulator emulator, string folder, List<string> crashes, CancellationToken cancellationToken)
    {
        int kills = _settings.Kills ?? Math.Max(1, _settings.Jobs / 100);
        List<int> killPoints = [.. Enumerable.Range(0, kills).Select(_ => 1 + _random.Next((int)(_settings.Jobs * 0.9))).Order()];
        foreach (int killPoint in killPoints)
        {
            using WorkerProcess worker = Start(emulator, folder, collectsOnly: false);
            while (!worker.HasExited && emulator.Charges.Count < killPoint)
            {
                await Task.Delay(s_pollInterval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }

            // Not before the first kill: a fast worker might end before it.
            if (_kills > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(400)), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }

            if (worker.HasExited)
            {
                crashes.AddRange(await worker.WaitAsync(cancellationToken).ConfigureAwait(false) is string error ? [error] : Array.Empty<string>());
                continue;
            }

            await worker.KillAsync().ConfigureAwait(false);
            _kills++;
            await _out.WriteLineAsync($"killed a worker at {emulator.Charges.Count} tasks").ConfigureAwait(false);
            if (_kills <= MaximumSecondAccountRuns && _settings.HasLie(FaultMix.SecondAccount))
            {
                _clock.Advance(s_recoveryWindow);
                await RunSecondAccountAsync(emulator, folder, crashes, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunUntilAcceptedAsync(Emulator emulator, string folder, List<string> crashes, CancellationToken cancellationToken)
    {
        for (int round = 0; round < MaximumRounds; round++)
        {
            await RunOnceAsync(emulator, folder, collectsOnly: false, crashes, cancellationToken).ConfigureAwait(false);
            SoakAudit audit = await SoakAudit.ReadAsync(emulator, CreateWorkerSettings(emulator, folder, collectsOnly: true), cancellationToken).ConfigureAwait(false);
            if (audit.IsEveryJobAccepted)
            {
                return;
            }

            // Advances the clock beyond the recovery window, so that requests which a killed worker never sent can be submitted again.
            _clock.Advance(s_recoveryWindow);
            await RunSecondAccountAsync(emulator, folder, crashes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a worker with the key of another account. It finds none of the tasks, and must not conclude that there are none.</summary>
    private async Task RunSecondAccountAsync(Emulator emulator, string folder, List<string> crashes, CancellationToken cancellationToken)
    {
        if (_settings.HasLie(FaultMix.SecondAccount))
        {
            await RunOnceAsync(emulator, folder, collectsOnly: true, crashes, cancellationToken, FaultMix.SecondKey).ConfigureAwait(false);
        }
    }

    private async Task RunOnceAsync(
        Emulator emulator, string folder, bool collectsOnly, List<string> crashes, CancellationToken cancellationToken, string? key = null)
    {
        using WorkerProcess worker = Start(emulator, folder, collectsOnly, key);
        if (await worker.WaitAsync(cancellationToken).ConfigureAwait(false) is string error)
        {
            crashes.Add(error);
        }
    }

    private WorkerProcess Start(Emulator emulator, string folder, bool collectsOnly, string? key = null)
    {
        _starts++;
        return WorkerProcess.Start(CreateWorkerSettings(emulator, folder, collectsOnly), key ?? emulator.ApiKey);
    }

    private WorkerSettings CreateWorkerSettings(Emulator emulator, string folder, bool collectsOnly) =>
        new(emulator.BaseUri, folder, _settings.Jobs, collectsOnly, _settings.Seed + _starts, _clock.Start, _settings.Speed, _clock.Ahead);

    // A 1x1 PNG to upload.
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
}
