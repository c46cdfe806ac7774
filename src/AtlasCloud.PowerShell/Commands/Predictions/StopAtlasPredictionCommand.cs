using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Cancels predictions if the service offers that. Otherwise they continue and are charged, and the command writes an error.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AtlasPrediction", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class StopAtlasPredictionCommand : SessionCmdlet
{
    /// <summary>The predictions or their IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A prediction, or its ID.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [PredictionTransformation]
    [ValidateNotNull]
    public Prediction[] Prediction { get; set; } = [];

    /// <summary>Returns the predictions after the cancellation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Prediction, prediction =>
    {
        if (!ShouldProcess(prediction.Id, "Cancel"))
        {
            return;
        }

        Prediction canceled = Run(stopping => Client.Predictions.CancelAsync(prediction, stopping));
        if (PassThru)
        {
            WriteObject(canceled);
        }
    });
}
