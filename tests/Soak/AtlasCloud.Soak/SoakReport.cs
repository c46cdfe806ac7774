using System.Globalization;
using AtlasCloud.Emulation.Chaos;

namespace AtlasCloud.Soak;

/// <summary>The figures and the violations of a run.</summary>
internal sealed class SoakReport
{
    private const double MaximumOpenShare = 0.05;

    private readonly SoakSettings _settings;
    private readonly SoakAudit _audit;
    private readonly IReadOnlyList<string> _duplicateTasks;
    private readonly IReadOnlyList<string> _lostTasks;
    private readonly IReadOnlyList<string> _writtenOffTasks;
    private readonly IReadOnlyList<string> _openJobs;

    internal SoakReport(SoakSettings settings, SoakAudit audit, IReadOnlyList<string> crashes)
    {
        (_settings, _audit) = (settings, audit);
        _duplicateTasks = [.. audit.DuplicateTasks()];
        _lostTasks = [.. audit.LostTasks()];
        _writtenOffTasks = [.. audit.WrittenOffTasks()];
        _openJobs = [.. audit.OpenJobs()];

        // A request without a task can stay open: nothing proves that there is none after a lie, or if the history shows no other task of the same model
        // from that time. It must be the exception.
        double maximumOpenJobs = settings.Jobs * (MaximumOpenShare + (settings.Lies / 2));
        Violations =
        [
            .. crashes.Select(crash => $"a worker crashed: {crash}"),
            .. _duplicateTasks,
            .. _lostTasks,
            .. _writtenOffTasks,
            .. audit.ExposedKeys(),
            .. audit.MissingJobs(),
            .. _openJobs.Count > maximumOpenJobs ? _openJobs : [],
            .. audit.OrphanFiles(),
            .. audit.PartialFiles.Select(path => $"'{Path.GetFileName(path)}' is a leftover partial file"),
        ];
    }

    /// <summary>Everything that is wrong after the run; empty if the run passed.</summary>
    internal IReadOnlyList<string> Violations { get; }

    /// <summary>The number of tasks with at least one request that got a lie.</summary>
    internal int TasksWithLies => _audit.TasksWithLies;

    internal int Jobs => _settings.Jobs;

    internal int Starts { get; init; }

    internal int Kills { get; init; }

    internal TimeSpan Elapsed { get; init; }

    internal int DuplicateTasks => _duplicateTasks.Count;

    internal int LostTasks => _lostTasks.Count;

    internal int WrittenOffTasks => _writtenOffTasks.Count;

    internal int RecoveredTasks => _audit.RecoveredTasks;

    /// <summary>The number of tasks that the service created.</summary>
    internal int Tasks => _audit.Charges.Count;

    /// <summary>The number of requests with an injected fault.</summary>
    internal int Faults => _audit.Ledger.Count(entry => entry.Fault is { } fault && !KnownLies.All.ContainsKey(fault));

    /// <summary>The number of different faults that were injected.</summary>
    internal int FaultKinds => _audit.Ledger.Select(entry => entry.Fault).OfType<string>().Distinct().Count(fault => !KnownLies.All.ContainsKey(fault));

    /// <summary>The number of requests with an injected lie.</summary>
    internal int Lies => _audit.Ledger.Count(entry => entry.Fault is { } fault && KnownLies.All.ContainsKey(fault));

    /// <summary>The number of different lies that were injected.</summary>
    internal int LieKinds => _audit.Ledger.Select(entry => entry.Fault).OfType<string>().Distinct().Count(KnownLies.All.ContainsKey);

    internal void Write(TextWriter output, bool withFaults)
    {
        if (withFaults)
        {
            foreach (IGrouping<string, LedgerEntry> fault in _audit.Ledger.Where(e => e.Fault is not null).GroupBy(e => e.Fault!).OrderByDescending(f => f.Count()))
            {
                WriteRow(output, "  " + fault.Key, fault.Count());
            }
        }

        WriteRow(output, "jobs", _settings.Jobs);
        WriteRow(output, "requests", _audit.Ledger.Count);
        WriteRow(output, "submits", _audit.Ledger.Count(entry => entry.Path.Contains("/model/generate", StringComparison.Ordinal)));
        WriteRow(output, "faults", Faults);
        WriteRow(output, "fault kinds", FaultKinds);
        WriteRow(output, "lies", Lies);
        WriteRow(output, "lie kinds", LieKinds);
        WriteRow(output, "tasks with a lie", TasksWithLies);
        WriteRow(output, "workers started", Starts);
        WriteRow(output, "workers killed", Kills);
        WriteRow(output, "tasks", Tasks);
        WriteRow(output, "tasks charged", _audit.Charges.Count(charge => charge.State == ChargeState.Charged));
        WriteRow(output, "recovered from history", RecoveredTasks);
        WriteRow(output, "files", _audit.FileCount);
        WriteRow(output, "open journal entries", _audit.Journal.Count(entry => entry.IsOpen));
        WriteRow(output, "jobs open without a task", _openJobs.Count);
        WriteRow(output, "jobs refused", _audit.Journal.GroupBy(entry => entry.Label).Count(job => job.All(entry => entry.State == JournalState.Refused)));
        WriteRow(output, "charged twice", DuplicateTasks);
        WriteRow(output, "lost tasks", LostTasks);
        WriteRow(output, "written off", WrittenOffTasks);
        WriteRow(output, "seconds", Math.Round(Elapsed.TotalSeconds, 1));
        foreach (string violation in Violations.Take(20))
        {
            output.WriteLine($"VIOLATED  {violation}");
        }
    }

    private static void WriteRow(TextWriter output, string name, IFormattable value) =>
        output.WriteLine($"{name,-36}{value.ToString("N", s_integerFormat),12}");

    private static readonly NumberFormatInfo s_integerFormat = new() { NumberDecimalDigits = 0 };
}
