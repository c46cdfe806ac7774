using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Submits requests for images and 3D models and immediately returns predictions.</summary>
[Cmdlet(VerbsCommon.New, "AtlasImage", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class NewAtlasImageCommand : GenerationCmdlet
{
    private protected override string Endpoint => "image";
}
