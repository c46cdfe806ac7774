using System.Globalization;
using System.Management.Automation.Host;

namespace AtlasCloud.TestShell;

/// <summary>A host whose input and output are the standard streams, read and written as streams and never as a console.</summary>
internal sealed class ConsoleHost : PSHost
{
    /// <summary>The exit code that a script asked for; null if none did.</summary>
    internal int? ExitCode { get; private set; }

    public override string Name => "ConsoleHost";

    public override Version Version { get; } = new(7, 6);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI { get; } = new StreamInterface();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
