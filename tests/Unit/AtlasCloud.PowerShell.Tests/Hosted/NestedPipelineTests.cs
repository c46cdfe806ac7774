using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.Tests;
using Microsoft.Extensions.Time.Testing;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Pipelines inside others, and pipelines with functions: which commands report together.</summary>
public sealed class NestedPipelineTests : IDisposable
{
    private const string Functions = """
        $rows = 'a', [pscustomobject]@{ Prompt = 'b'; Seed = '1,5' }
        function Copy-Request { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $Prompt, $Model)
            begin { $steps = { New-AtlasImage -Model $Model }.GetSteppablePipeline(); $steps.Begin($PSCmdlet) }
            process { $steps.Process($_) }
            end { $steps.End() } }
        function Copy-Summary { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $Prediction, $Destination)
            begin { $steps = { Save-AtlasOutput $Destination -Summary }.GetSteppablePipeline(); $steps.Begin($PSCmdlet) }
            process { $steps.Process($_) }
            end { $steps.End() } }
        function Read-Row { begin { $rows } process { } }
        function Add-Other { begin { 'other' | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | Out-Null } process { $_ } }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _serviceClock = new(TimeProvider.System.GetUtcNow());
    private readonly RecordingHost _host = new();
    private readonly Runspace _runspace;
    private Emulator? _emulator;
    private Session? _session;

    public NestedPipelineTests()
    {
        InitialSessionState state = InitialSessionState.CreateDefault();
        foreach (Type command in (Type[])[typeof(NewAtlasImageCommand), typeof(WaitAtlasPredictionCommand), typeof(SaveAtlasOutputCommand)])
        {
            CmdletAttribute name = (CmdletAttribute)Attribute.GetCustomAttribute(command, typeof(CmdletAttribute))!;
            state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", command, null));
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _session?.Client.Dispose();
        _emulator?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Summary_inside_a_pipeline_counts_the_predictions_of_its_own_pipeline()
    {
        string[] summaries = Summarize("""
            'a', 'b', 'c' | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | ForEach-Object { $_ | Save-AtlasOutput "$folder/$($_.Row)" -Summary }
            """);

        Assert.Equal(["1 rows, 0 failed, 1 paid", "1 rows, 0 failed, 1 paid", "1 rows, 0 failed, 1 paid"], summaries);
    }

    [Fact]
    public void Summary_does_not_count_the_predictions_of_pipelines_inside()
    {
        string[] summaries = Summarize("""
            'a', 'b' | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction |
                ForEach-Object { Write-Output c d | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput $folder -Summary -OutVariable +inner | Out-Null; $_ } |
                Save-AtlasOutput $folder -Summary
            $inner
            """);

        Assert.Equal(["2 rows, 0 failed, 2 paid", "2 rows, 0 failed, 2 paid", "2 rows, 0 failed, 2 paid"], summaries);
    }

    [Theory]
    [InlineData("$rows | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput $folder -Summary")]
    [InlineData("$rows | Copy-Request -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput $folder -Summary")]
    [InlineData("$rows | Copy-Request -Model z-image/turbo | Wait-AtlasPrediction | Copy-Summary -Destination $folder")]
    [InlineData("Read-Row | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput $folder -Summary")]
    [InlineData("$rows | New-AtlasImage -Model z-image/turbo | Add-Other | Wait-AtlasPrediction | Save-AtlasOutput $folder -Summary")]
    public void Summary_counts_the_failed_rows_of_its_pipeline_whatever_functions_it_contains(string pipeline) =>
        Assert.Equal(["2 rows, 1 failed, 1 paid"], Summarize(pipeline));

    [Fact]
    public async Task Stop_of_nested_pipelines_writes_one_line()
    {
        using Engine engine = Create("'a' | New-AtlasImage -Model z-image/turbo | ForEach-Object { 'b', 'c' | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction }", timeScale: 1);
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Streams.Progress.DataAdded += (_, added) =>
        {
            if (engine.Streams.Progress[added.Index].StatusDescription.StartsWith("2 of 2 submitted, 2 running, ", StringComparison.Ordinal))
            {
                waiting.TrySetResult();
            }
        };
        Task running = Task.Factory.FromAsync(engine.BeginInvoke(), _ => { });
        await waiting.Task.WaitAsync(Probe.Hang);

        engine.Stop();
        await running.WaitAsync(Probe.Hang);

        Assert.StartsWith("Stopped: 3 predictions continue on the service and will be charged. ", Assert.Single(_host.Warnings), StringComparison.Ordinal);
    }

    private string[] Summarize(string pipeline)
    {
        using Engine engine = Create(pipeline, timeScale: 0);
        return [.. engine.Invoke().Select(o => (RunSummary)o.BaseObject).Select(s => $"{s.Rows} rows, {s.Failed} failed, {s.Paid} paid")];
    }

    private Engine Create(string pipeline, double timeScale)
    {
        _emulator = Emulator.Start(new EmulatorOptions { Clock = _serviceClock, TimeScale = timeScale });
        _session = new Session(
            new AtlasCloudOptions { ApiKey = _emulator.ApiKey, BaseUri = _emulator.BaseUri, CacheFolder = Path.Join(_folder.Path, "cache"), JournalPath = Path.Join(_folder.Path, "journal.jsonl") },
            null);
        _runspace.SessionStateProxy.SetVariable("PSDefaultParameterValues", new Hashtable { ["*-Atlas*:Session"] = _session, ["Wait-*:PollInterval"] = TimeSpan.FromMilliseconds(10) });
        _runspace.SessionStateProxy.SetVariable("folder", _folder.Path);
        Engine engine = Engine.Create();
        engine.Runspace = _runspace;
        engine.AddScript($"{Functions}\n{pipeline}");
        return engine;
    }
}
