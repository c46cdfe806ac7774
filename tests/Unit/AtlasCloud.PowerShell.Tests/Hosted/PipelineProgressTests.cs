using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.Tests;
using Microsoft.Extensions.Time.Testing;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of a pipeline show together: one progress bar, and one line when they are stopped.</summary>
public sealed class PipelineProgressTests : IDisposable
{
    private const string Pipeline = "1..6 | New-AtlasImage -Model google/nano-banana-2/text-to-image -ThrottleLimit 1 -Session $session | Wait-AtlasPrediction -Session $session | Save-AtlasOutput $folder -Session $session";

    private readonly TemporaryFolder _folder = new();
    // Tasks finish only when a test advances the clock of the service.
    private readonly FakeTimeProvider _serviceClock = new(TimeProvider.System.GetUtcNow());
    private readonly HeldSubmits _submits = new();
    private readonly Emulator _emulator;
    private readonly RecordingHost _host = new();
    private readonly Runspace _runspace;
    private readonly Session _session;

    public PipelineProgressTests()
    {
        _emulator = Emulator.Start(new EmulatorOptions { Clock = _serviceClock });
        InitialSessionState state = InitialSessionState.CreateDefault();
        foreach (Type command in (Type[])[typeof(NewAtlasImageCommand), typeof(WaitAtlasPredictionCommand), typeof(SaveAtlasOutputCommand)])
        {
            CmdletAttribute name = (CmdletAttribute)Attribute.GetCustomAttribute(command, typeof(CmdletAttribute))!;
            state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", command, null));
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        _session = new Session(
            new AtlasCloudOptions { ApiKey = _emulator.ApiKey, BaseUri = _emulator.BaseUri, CacheFolder = Path.Join(_folder.Path, "cache"), JournalPath = Path.Join(_folder.Path, "journal.jsonl") },
            null,
            _submits);
        _runspace.SessionStateProxy.SetVariable("session", _session);
        _runspace.SessionStateProxy.SetVariable("folder", _folder.Path);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _session.Client.Dispose();
        _emulator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Progress_starts_while_rows_are_submitted_and_is_one_bar()
    {
        using Engine engine = Create();
        Task whileSubmitting = ShownAsync(engine, status => status.Contains(" submitted, ", StringComparison.Ordinal) && !status.Contains(" of 6 ", StringComparison.Ordinal));
        Task whileWaiting = ShownAsync(engine, status => status.StartsWith("6 of 6 submitted, 6 running, ", StringComparison.Ordinal));

        Task running = Task.Factory.FromAsync(engine.BeginInvoke(), engine.EndInvoke);
        await whileSubmitting.WaitAsync(Probe.Hang);
        _submits.Release();
        await whileWaiting.WaitAsync(Probe.Hang);
        _serviceClock.Advance(TimeSpan.FromMinutes(1));
        await running.WaitAsync(Probe.Hang);

        ProgressRecord[] bars = [.. engine.Streams.Progress.Where(r => r.ParentActivityId < 0)];
        Assert.All(bars, r => Assert.Equal(0, r.ActivityId));
        Assert.Equal(ProgressRecordType.Completed, bars[^1].RecordType);
        Assert.Single(bars, r => r.RecordType == ProgressRecordType.Completed);
    }

    [Theory]
    [InlineData("", "To collect the results, run: Get-AtlasPrediction -Pending | Wait-AtlasPrediction | Save-AtlasOutput")]
    [InlineData(" -Reuse", "To collect the results and pay only for what is missing, run the same command again with -Reuse")]
    public async Task Stop_writes_one_line_about_what_continues(string reuse, string advice)
    {
        using Engine engine = Create(reuse);
        Task whileWaiting = ShownAsync(engine, status => status.StartsWith("6 of 6 submitted, 6 running, ", StringComparison.Ordinal));
        _submits.Release();
        Task running = Task.Factory.FromAsync(engine.BeginInvoke(), _ => { });
        await whileWaiting.WaitAsync(Probe.Hang);

        engine.Stop();
        await running.WaitAsync(Probe.Hang);

        Assert.Equal(
            [$"Stopped: 6 predictions continue on the service and will be charged. {advice}"],
            _host.Warnings);
    }

    [Fact]
    public async Task Complete_pipeline_writes_no_line_about_what_continues()
    {
        using Engine engine = Create();
        Task whileWaiting = ShownAsync(engine, status => status.StartsWith("6 of 6 submitted, ", StringComparison.Ordinal));
        _submits.Release();
        Task<PSDataCollection<PSObject>> running = Task.Factory.FromAsync(engine.BeginInvoke(), engine.EndInvoke);
        await whileWaiting.WaitAsync(Probe.Hang);
        _serviceClock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(6, (await running.WaitAsync(Probe.Hang)).Count);
        Assert.Empty(_host.Warnings);
    }

    private static Task ShownAsync(Engine engine, Func<string, bool> condition)
    {
        TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Streams.Progress.DataAdded += (_, added) =>
        {
            if (condition(engine.Streams.Progress[added.Index].StatusDescription))
            {
                shown.TrySetResult();
            }
        };
        return shown.Task;
    }

    private Engine Create(string reuse = "")
    {
        Engine engine = Engine.Create();
        engine.Runspace = _runspace;
        engine.AddScript(Pipeline.Replace(" -ThrottleLimit", $"{reuse} -ThrottleLimit", StringComparison.Ordinal));
        return engine;
    }

    /// <summary>Sends submits only after the test has released them.</summary>
    private sealed class HeldSubmits() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void Release() => _released.TrySetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                await _released.Task.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
