using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Submits requests for images, image tools and 3D models, and returns the predictions at once.</summary>
[Cmdlet(VerbsCommon.New, "AtlasImage", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class NewAtlasImageCommand : GenerationCmdlet
{
    private protected override string Kind => nameof(GenerationKind.Image);
}
