using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Creates a session without making it the default. Use it with -Session, also in other runspaces.</summary>
[Cmdlet(VerbsCommon.New, "AtlasSession", DefaultParameterSetName = KeySet)]
[OutputType(typeof(Session))]
public sealed class NewAtlasSessionCommand : SessionFactoryCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(CreateSession());
}
