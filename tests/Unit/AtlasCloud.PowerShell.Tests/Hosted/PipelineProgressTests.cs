using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.Tests;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>What the commands of a pipeline show together: one progress bar, and one line when they are stopped.</summary>
public sealed class PipelineProgressTests : IDisposable
{
    private const string Pipeline = "1..6 | New-AtlasImage -Model google/nano-banana-2/text-to-image -ThrottleLimit 1 -Session $session | Wait-AtlasPrediction -Session $session | Save-AtlasOutput $folder -Session $session";

    private readonly TemporaryFolder _folder = new();
    private readonly Emulator _emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0.2, Latency = TimeSpan.FromSeconds(0.25) });
    private readonly RecordingHost _host = new();
    private readonly Runspace _runspace;
    private readonly Session _session;

    public PipelineProgressTests()
    {
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
            null);
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
    public void Progress_starts_while_rows_are_submitted_and_is_one_bar()
    {
        using Engine engine = Create();

        engine.Invoke();

        ProgressRecord[] bars = [.. engine.Streams.Progress.Where(r => r.ParentActivityId < 0)];
        Assert.All(bars, r => Assert.Equal(0, r.ActivityId));
        Assert.Contains(bars, r => r.StatusDescription.Contains(" submitted, ", StringComparison.Ordinal) && !r.StatusDescription.Contains(" of 6 ", StringComparison.Ordinal));
        Assert.Contains(bars, r => r.StatusDescription.StartsWith("6 of 6 submitted, ", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, bars[^1].RecordType);
        Assert.Single(bars, r => r.RecordType == ProgressRecordType.Completed);
    }

    [Fact]
    public async Task Stop_writes_one_line_about_what_continues()
    {
        using Engine engine = Create();
        Task running = Task.Factory.FromAsync(engine.BeginInvoke(), _ => { });
        Stopwatch clock = Stopwatch.StartNew();
        while (_emulator.Charges.Count < 3 && clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        engine.Stop();
        await running;

        string line = Assert.Single(_host.Warnings);
        Assert.Matches("^Stopped: [1-6] predictions? continues? on the service and will be charged.* run: Get-AtlasPrediction -Pending \\| Wait-AtlasPrediction \\| Save-AtlasOutput$", line);
    }

    [Fact]
    public void Complete_pipeline_writes_no_line_about_what_continues()
    {
        using Engine engine = Create();

        Assert.Equal(6, engine.Invoke().Count);

        Assert.Empty(_host.Warnings);
    }

    private Engine Create()
    {
        Engine engine = Engine.Create();
        engine.Runspace = _runspace;
        engine.AddScript(Pipeline);
        return engine;
    }
}
