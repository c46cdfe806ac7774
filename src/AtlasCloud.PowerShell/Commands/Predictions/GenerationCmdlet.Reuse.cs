using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <content>Takes over what earlier runs have paid for.</content>
public abstract partial class GenerationCmdlet
{
    private ReuseScope? _reuse;
    private int _taken;

    /// <summary>
    /// Submits only what no earlier run has paid for, according to the journal. The n-th occurrence of a request in a script or on a command line returns the
    /// prediction of the n-th earlier one, finished or in flight. Failed and missing requests are submitted. A loop that repeats the command in a script pays again.
    /// </summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <summary>The maximum age of earlier requests, such as 2d or 12:00:00. A number is seconds. Implies -Reuse. Default: no limit.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? ReuseWithin { get; set; }

    /// <summary>With -Reuse, submits and pays again for requests whose results are no longer available: their files are gone and their URLs have expired. Default: an error.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private ReuseScope? JoinReuse()
    {
        TimeSpanGuard.RequirePositive(ReuseWithin, nameof(ReuseWithin));
        if (!Reuse && ReuseWithin is null)
        {
            if (Force)
            {
                WriteWarning("-Force has no effect without -Reuse.");
            }

            return null;
        }

        // The invocation of the script, or of the line that was entered: the same object for all its commands, and another one each time.
        object? script = SessionState.PSVariable.GetValue("global:MyInvocation");
        return ReuseScope.Join(script, Client, new ReuseOptions { Within = ReuseWithin, ResubmitUnavailable = Force }, IsWhatIfRequested());
    }

    private async Task<PricedRequest> PriceAsync(GenerationRequest request, GenerationKind kind, SubmitTurn? turn, CancellationToken stopping)
    {
        if (turn is not null && await _reuse!.DecideAsync(request, kind, turn, stopping).ConfigureAwait(false) is { Action: not ReuseAction.Submit } earlier)
        {
            return new PricedRequest(request, null, earlier);
        }

        return new PricedRequest(request, await Client.Predictions.PreviewAsync(request, kind, stopping).ConfigureAwait(false));
    }

    // Nothing is paid, so there is nothing to confirm.
    private void TakeOver(object? input, GenerationRequest request, ReuseDecision earlier)
    {
        _reuse!.Add(earlier);
        _taken++;
        if (IsWhatIf)
        {
            string action = earlier.Action == ReuseAction.Resume ? "Resuming" : "Reusing";
            string id = earlier.Entry!.PredictionId is string known ? $"prediction {known}" : "the earlier request";
            string description = $"{action} {id} for the {Endpoint} request to {earlier.Entry.Model}, {Abbreviate(request.Prompt)}, would cost nothing: {earlier.Reason}.";
            ShouldProcess(description, description, null);
        }
        else
        {
            Prediction prediction = earlier.Prediction!;
            StartInput();
            _submits!.Add(input, _ => CountAsync(Task.FromResult(prediction)));
        }
    }
}
