using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Submits requests for speech, music, sound and transcription and immediately returns predictions.</summary>
[Cmdlet(VerbsCommon.New, "AtlasAudio", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class NewAtlasAudioCommand : GenerationCmdlet
{
    private protected override string Endpoint => "audio";
}
