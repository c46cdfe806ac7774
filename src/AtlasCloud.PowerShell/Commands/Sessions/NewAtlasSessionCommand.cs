using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Makes a session and changes nothing: pass it with -Session, also into other runspaces.</summary>
[Cmdlet(VerbsCommon.New, "AtlasSession", DefaultParameterSetName = KeySet)]
[OutputType(typeof(Session))]
public sealed class NewAtlasSessionCommand : SessionFactoryCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(MakeSession());
}
