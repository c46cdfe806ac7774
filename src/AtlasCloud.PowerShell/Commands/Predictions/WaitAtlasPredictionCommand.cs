using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Waits for predictions concurrently and returns each when it has finished.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AtlasPrediction")]
[OutputType(typeof(Prediction))]
public sealed class WaitAtlasPredictionCommand : SessionCmdlet
{
    private PredictionWatcher? _watcher;
    private Task<bool>? _watching;
    private Batch? _batch;

    /// <summary>The predictions or their IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A prediction, or its ID.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [PredictionTransformation]
    [ValidateNotNull]
    public Prediction[] Prediction { get; set; } = [];

    /// <summary>Polling interval per prediction. Default: the interval of the session, or else it depends on the kind and the age of the prediction.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? PollInterval { get; set; }

    /// <summary>Timeout per prediction. Default: the timeout of the session, or else it depends on the kind of the prediction.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>How long to wait for the settled price of a finished prediction. Default: briefly if it was quoted, otherwise 0.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? PriceTimeout { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        TimeSpanGuard.RequirePositive(PollInterval, nameof(PollInterval));
        TimeSpanGuard.RequirePositive(Timeout, nameof(Timeout));
        TimeSpanGuard.RequireNotNegative(PriceTimeout, nameof(PriceTimeout));
        _batch = JoinBatch(BatchStage.Wait);
        _watcher = Client.Predictions.CreateWatcher(new WatchOptions
        {
            Interval = PollInterval,
            Timeout = Timeout,
            PriceTimeout = PriceTimeout,
            OnPolled = _batch.Update,
        });
        _watching = Start(async stopping =>
        {
            await _watcher.RunAsync(stopping).ConfigureAwait(false);
            return true;
        });
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(Prediction, prediction =>
        {
            _watcher!.Add(prediction);
            _batch!.Update(prediction);
        });
        while (_watcher!.Finished.TryRead(out WatchResult? result))
        {
            Emit(result);
        }
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        _watcher!.Complete();
        while (Run(stopping => _watcher.Finished.WaitToReadAsync(stopping).AsTask()))
        {
            while (_watcher.Finished.TryRead(out WatchResult? result))
            {
                Emit(result);
            }
        }

        Wait(_watching!);
    }

    private void Emit(WatchResult result)
    {
        _batch!.End(result.Prediction);
        if (result.Failure is AtlasCloudException failure)
        {
            WriteFailure(failure, result.Prediction);
        }
        else
        {
            WriteObject(result.Prediction);
        }
    }
}
