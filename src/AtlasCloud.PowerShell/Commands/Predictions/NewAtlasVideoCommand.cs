using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Submits requests for videos and immediately returns predictions.</summary>
[Cmdlet(VerbsCommon.New, "AtlasVideo", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class NewAtlasVideoCommand : GenerationCmdlet
{
    private protected override string Endpoint => "video";
}
