using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.Extensions.Time.Testing;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>A runspace that knows the commands of these tests, and one script in it.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;
    private readonly string _script;

    /// <param name="script">The script.</param>
    /// <param name="isClockStopped">Whether the commands go by a clock that only <see cref="Clock"/> advances.</param>
    internal Shell(string script, bool isClockStopped = false)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Start-Test", typeof(StartTestCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Wait-Test", typeof(WaitTestCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Read-Test", typeof(ReadTestCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Invoke-Test", typeof(InvokeTestCommand), null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Clock = isClockStopped ? Probe.StopClock(_runspace) : null;
        Probe = new Probe();
        _runspace.SessionStateProxy.SetVariable("probe", Probe);
        Script = Engine.Create();
        Script.Runspace = _runspace;
        Script.AddScript(script);
        _script = script;
    }

    internal Engine Script { get; }

    internal Probe Probe { get; }

    /// <summary>The clock of the commands; null where it is that of the system.</summary>
    internal FakeTimeProvider? Clock { get; }

    internal Collection<ErrorRecord> Errors => Script.Streams.Error.ReadAll();

    public void Dispose()
    {
        Script.Dispose();
        _runspace.Dispose();
    }

    /// <summary>Runs the script and returns what it writes.</summary>
    internal int[] Numbers() => Script.Invoke().Select(item => (int)item.BaseObject).ToArray();

    /// <summary>Runs the script, which is expected to end with an error, and not merely to write one.</summary>
    internal ErrorRecord Failure()
    {
        Script.Commands.Clear();
        Script.AddScript($"try {{ {_script} }} catch {{ throw }}");
        try
        {
            Script.Invoke();
        }
        catch (RuntimeException exception)
        {
            return exception.ErrorRecord;
        }

        throw new InvalidOperationException("The script did not fail.");
    }
}
