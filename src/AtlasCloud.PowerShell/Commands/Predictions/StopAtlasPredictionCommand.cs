using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Cancels predictions where the service offers that. Where it does not, the error says that they run on and are charged.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AtlasPrediction", SupportsShouldProcess = true)]
[OutputType(typeof(Prediction))]
public sealed class StopAtlasPredictionCommand : SessionCmdlet
{
    /// <summary>The predictions, or their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A prediction, or its id.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [PredictionTransformation]
    [ValidateNotNull]
    public Prediction[] Prediction { get; set; } = [];

    /// <summary>Return how each stands afterwards.</summary>
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
