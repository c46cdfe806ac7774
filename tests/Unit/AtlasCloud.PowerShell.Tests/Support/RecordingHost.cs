using System.Globalization;
using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>A host that keeps the warnings that are written to its user interface.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingInterface _interface = new();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Recording";

    public override PSHostUserInterface UI => _interface;

    public override Version Version => new(1, 0);

    internal IReadOnlyCollection<string> Warnings => _interface.Warnings;

    /// <summary>What a question throws.</summary>
    internal Exception ChoiceFailure
    {
        set => _interface.ChoiceFailure = value;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
