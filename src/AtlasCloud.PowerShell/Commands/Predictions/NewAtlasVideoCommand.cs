using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Submits requests for videos, lip sync and avatars, and returns the predictions at once.</summary>
[Cmdlet(VerbsCommon.New, "AtlasVideo", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class NewAtlasVideoCommand : GenerationCmdlet
{
    private protected override string Kind => nameof(GenerationKind.Video);
}
