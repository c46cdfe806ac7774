using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Tests;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>A runspace with the commands of the module and a session with an emulator.</summary>
public sealed class ModuleShell : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Emulator _emulator;
    private readonly Runspace _runspace;
    private readonly Session _session;

    public ModuleShell()
        : this(null)
    {
    }

    /// <param name="host">The host; null for one without a terminal.</param>
    /// <param name="scenario">The rules of the emulator; null for none.</param>
    internal ModuleShell(PSHost? host, string? scenario = null)
    {
        _emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Balance = 1_000_000, Scenario = scenario is null ? null : EmulatorScenario.Parse(scenario) });
        InitialSessionState state = InitialSessionState.CreateDefault();
        foreach (Type command in typeof(Session).Assembly.GetExportedTypes())
        {
            if (command.GetCustomAttribute<CmdletAttribute>() is CmdletAttribute name)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", command, null));
            }
        }

        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _session = new Session(
            new AtlasCloudOptions
            {
                ApiKey = _emulator.ApiKey,
                BaseUri = _emulator.BaseUri,
                LlmBaseUri = _emulator.BaseUri,
                CacheFolder = Path.Join(_folder.Path, "cache"),
                JournalPath = Path.Join(_folder.Path, "journal.jsonl"),
            },
            null)
        {
            KeyboardClock = (host as FakeHost)?.KeyboardClock ?? TimeProvider.System,
        };
        Runspace.DefaultRunspace = _runspace;
        DefaultSession.Current.Set(_session);
        Set("emulator", _emulator);
        Set("folder", _folder.Path);
        Invoke("Set-Location $folder", null);
    }

    /// <summary>The current location of the scripts.</summary>
    internal string Folder => _folder.Path;

    public void Dispose()
    {
        _runspace.Dispose();
        _session.Client.Dispose();
        _emulator.Dispose();
        _folder.Dispose();
    }

    /// <summary>Sets a variable of the scripts.</summary>
    internal void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Writes a file to the current location.</summary>
    internal string Write(string name, string content)
    {
        string path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a script, and returns what the emulator received from it.</summary>
    /// <param name="script">The script.</param>
    /// <param name="culture">The culture of the thread; null for the invariant one.</param>
    internal ModuleRun Run(string script, string? culture = null)
    {
        _emulator.ClearLedger();
        (IReadOnlyList<PSObject> output, IReadOnlyList<ErrorRecord> errors, IReadOnlyList<string> warnings) = Invoke(script, culture);
        return new ModuleRun(output, errors, warnings, [.. Find("/generate"), .. Find("/chat/")], [.. Find("/calculate")]);
    }

    private IEnumerable<JsonObject> Find(string path) =>
        _emulator.Ledger.Where(e => e.Method == "POST" && e.Body is not null && e.Path.Contains(path, StringComparison.Ordinal)).Select(e => JsonNode.Parse(e.Body!)!.AsObject());

    private (IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings) Invoke(string script, string? culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        using Engine engine = Engine.Create();
        engine.Runspace = _runspace;
        engine.AddScript(script);
        List<ErrorRecord> errors = [];
        IReadOnlyList<PSObject> output = [];
        try
        {
            // The engine takes the culture of a pipeline from the thread that starts it.
            CultureInfo.CurrentCulture = culture is null ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(culture);
            output = [.. engine.Invoke()];
        }
        catch (RuntimeException exception)
        {
            errors.Add(exception.ErrorRecord);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        errors.AddRange(engine.Streams.Error);
        return (output, errors, [.. engine.Streams.Warning.Select(w => w.Message)]);
    }
}
