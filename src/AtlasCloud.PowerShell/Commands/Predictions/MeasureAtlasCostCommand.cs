using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Asks what requests would cost, and submits nothing. The prices come in the order of the input.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "AtlasCost")]
[OutputType(typeof(Quote), typeof(QuoteTotal))]
public sealed class MeasureAtlasCostCommand : RequestCmdlet
{
    private readonly List<Quote> _quotes = [];
    private PipelineWork<object?, Quote>? _asked;
    private int _count;

    /// <summary>Return one sum in place of the prices.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _asked = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        // Counted before anything can go wrong with it: what has no price must not be missing from the total.
        _count++;
        GenerationRequest request = ToRequest();
        _asked!.WaitForPlace();
        TakeFinished(_asked, Emit);
        _asked.Add(TargetOf(request), stopping => Client.Predictions.QuoteAsync(request, kind: null, stopping));
        TakeFinished(_asked, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        TakeAll(_asked!, Emit);
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
