using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the price of requests without submitting them, in the order of the input.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "AtlasCost")]
[OutputType(typeof(Quote), typeof(QuoteTotal))]
public sealed class MeasureAtlasCostCommand : RequestCmdlet
{
    private readonly List<Quote> _quotes = [];
    private PipelineWork<object?, Quote>? _pending;
    private int _count;

    /// <summary>Returns the total instead of the individual prices.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _pending = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        // Counted before it can fail, so that the total includes requests without a price.
        _count++;
        IReadOnlyList<GenerationRequest> requests = CreateRequests();
        _count += Math.Max(requests.Count + RefusedRequestCount, 1) - 1;
        foreach (GenerationRequest request in requests)
        {
            RequireKey(request, kind: null);
            _pending!.WaitForSlot();
            DrainCompleted(_pending, Emit);
            _pending.Add(GetErrorTarget(request), stopping => Client.Predictions.QuoteAsync(request, kind: null, stopping));
            DrainCompleted(_pending, Emit);
        }
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        DrainAll(_pending!, Emit);
        if (Total)
        {
            WriteObject(QuoteTotal.Sum(_quotes, _count));
        }
    }

    private void Emit(object? input, Quote quote)
    {
        if (Total)
        {
            _quotes.Add(quote);
        }
        else
        {
            WriteObject(quote);
        }
    }
}
