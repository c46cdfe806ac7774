using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Tests;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Completion of the inputs of a model that was never used before.</summary>
public sealed class ModelValueCompletionTests : IDisposable
{
    private const string Known = "-Model a/known ";

    private const string Schema = """
        {"type":"object","properties":{
            "prompt":{"type":"string"},
            "image":{"type":"string","format":"uri"},
            "ratio":{"type":"string","enum":["2:1","1:2"]},
            "style":{"type":"string","enum":["ink","oil"]}}}
        """;

    private readonly FakeClock _clock = new();
    private readonly StubHandler _service = new();
    private readonly List<Session> _sessions = [];
    private Runspace? _runspace;

    public void Dispose()
    {
        _runspace?.Dispose();
        foreach (Session session in _sessions)
        {
            session.Client.Dispose();
        }

        _service.Dispose();
    }

    [Fact]
    public void First_Tab_offers_the_values_of_the_model_if_the_service_is_fast()
    {
        Publish(StubReply.Json(Schema));

        Assert.Equal(["2:1", "1:2"], Complete(Known + "-AspectRatio "));
        Assert.Equal(["ink", "oil"], Complete(Known + "-Style "));
        Assert.Equal(["-Style"], Complete(Known + "-Sty"));
        Assert.Contains("@{ style = 'ink' }", Complete(Known + "-Parameters "));
        Assert.Equal(2, _service.Seen.Count);
    }

    [Fact]
    public async Task First_Tab_offers_nothing_if_the_service_is_slow_and_the_next_one_reads_the_cache()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource answered = new();
        Publish(new StubReply(async (request, cancellationToken) =>
        {
            arrived.SetResult();
            await answered.Task.WaitAsync(cancellationToken);
            return await StubReply.Json(Schema).AnswerAsync(request, cancellationToken);
        }));
        Session session = Connect();

        Task<string[]> first = Task.Run(() => Complete(Known + "-AspectRatio ", session));
        await arrived.Task.WaitAsync(Probe.Hang);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Empty(await first.WaitAsync(Probe.Hang));

        answered.SetResult();
        await session.Client.Background.Idle.WaitAsync(Probe.Hang);
        Assert.Equal(["2:1", "1:2"], Complete(Known + "-AspectRatio ", session));
    }

    [Theory]
    [InlineData("AspectRatio")]
    [InlineData("Resolution")]
    [InlineData("Size")]
    [InlineData("Duration")]
    [InlineData("Count")]
    [InlineData("Image")]
    [InlineData("LastImage")]
    [InlineData("Video")]
    [InlineData("Audio")]
    [InlineData("BitrateMode")]
    public void Inputs_that_the_model_lacks_are_not_offered(string parameter)
    {
        Publish(StubReply.Json("""{"type":"object","properties":{"prompt":{"type":"string"}}}"""));

        Assert.Empty(CompleteValue(parameter, Connect())!);
    }

    [Fact]
    public void Paths_are_offered_for_media_that_the_model_accepts()
    {
        Publish(StubReply.Json(Schema));
        Session session = Connect();

        // The engine completes paths if the completer returns null.
        Assert.Null(CompleteValue("Image", session));
        Assert.Empty(CompleteValue("Video", session)!);
    }

    [Fact]
    public void Common_values_are_offered_without_a_model()
    {
        Assert.Contains("16:9", Complete("-AspectRatio "));
        Assert.Contains("720p", Complete("-Resolution "));
        Assert.Empty(_service.Seen);
    }

    [Fact]
    public void Several_models_offer_the_values_of_each()
    {
        Publish(StubReply.Json(Schema));

        Assert.Equal(["2:1", "1:2"], Complete("-Model a/known, a/other -AspectRatio "));
        Assert.Empty(Complete("-Model a/known, a/other -Resolution "));
    }

    [Fact]
    public void Nothing_is_offered_and_nothing_fails_without_a_network()
    {
        _service.When("/", StubReply.Fault(HttpRequestError.NameResolutionError));
        Session session = Connect();

        Assert.Empty(Complete(Known + "-AspectRatio ", session));
        Assert.Empty(Complete(Known + "-Resolution ", session));
        Assert.Empty(Complete("-Model a", session));
        Assert.Single(_service.Seen);
    }

    [Theory]
    [InlineData("Get-AtlasModel a/known", 1)]
    [InlineData("Get-AtlasModel a/known -Type Video -ErrorAction Ignore", 0)]
    [InlineData("'a/known', 'a/other' | Get-AtlasModel", 1)]
    [InlineData("Get-AtlasModel a/known, a/other", 0)]
    [InlineData("Get-AtlasModel a/k*", 0)]
    [InlineData("Get-AtlasModel", 0)]
    public async Task GetAtlasModel_requests_the_inputs_of_a_single_model_in_the_background(string script, int requests)
    {
        Publish(StubReply.Json(Schema));
        Session session = Connect();

        Invoke(script, session);
        await session.Client.Background.Idle.WaitAsync(Probe.Hang);

        Assert.Equal(requests, _service.SeenAt("schema").Count);
    }

    private void Publish(StubReply schema) => _service
        .When("/models", StubReply.Json("""
            {"data":[{"model":"a/known","type":"Image","schema":"http://127.0.0.1:1/schema.json"},{"model":"a/other","type":"Image"},{"model":"a/video","type":"Video"}]}
            """))
        .When("schema", schema);

    private Session Connect()
    {
        Session session = new(new AtlasCloudOptions { ApiKey = "apikey-1", BaseUri = new Uri("http://127.0.0.1:1/") }, null, _service, _clock);
        _sessions.Add(session);
        return session;
    }

    private static CompletionResult[]? CompleteValue(string parameter, Session session)
    {
        Type completer = typeof(NewAtlasImageCommand).GetProperty(parameter)?.GetCustomAttribute<ArgumentCompleterAttribute>()!.Type ?? typeof(ModelInputCompleter);
        return ((IArgumentCompleter)Activator.CreateInstance(completer)!)
            .CompleteArgument("New-AtlasImage", parameter, "", null!, new Hashtable { ["Session"] = session, ["Model"] = "a/known" })?.ToArray();
    }

    private string[] Complete(string arguments, Session? session = null)
    {
        string line = "New-AtlasImage " + arguments;
        return [.. Invoke($"(TabExpansion2 '{line}' {line.Length}).CompletionMatches | ForEach-Object CompletionText", session).Select(o => o.ToString())];
    }

    private IReadOnlyList<PSObject> Invoke(string script, Session? session)
    {
        if (_runspace is null)
        {
            InitialSessionState state = InitialSessionState.CreateDefault();
            state.Commands.Add(new SessionStateCmdletEntry("New-AtlasImage", typeof(NewAtlasImageCommand), null));
            state.Commands.Add(new SessionStateCmdletEntry("Get-AtlasModel", typeof(GetAtlasModelCommand), null));
            _runspace = RunspaceFactory.CreateRunspace(state);
            _runspace.Open();
            Runspace? before = Runspace.DefaultRunspace;
            Runspace.DefaultRunspace = _runspace;
            DefaultSession.Current.Set(session ?? Connect());
            Runspace.DefaultRunspace = before;
        }

        using Engine engine = Engine.Create(_runspace);
        IReadOnlyList<PSObject> output = [.. engine.AddScript(script).Invoke()];
        Assert.Empty(engine.Streams.Error);
        return output;
    }
}
