using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// The flow of the commands that generate. Submits run beside the pipeline and come out in the order of the input. With -WhatIf
/// and -Confirm the prices are asked for in the same way, and each request is shown with its price, or asked about, in its turn.
/// </summary>
public abstract class GenerationCmdlet : RequestCmdlet
{
    private readonly List<Quote> _quotes = [];
    private PipelineWork<object?, Prediction>? _submits;
    private PipelineWork<object?, PricedRequest>? _prices;
    private BudgetPreview? _preview;
    private int _count;

    /// <summary>The most that one request may cost, in US dollars. What costs more, or cannot be priced, is not submitted.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e12)]
    public decimal? MaxCost { get; set; }

    /// <summary>Submit what cannot be priced, or not whole, although there is a limit.</summary>
    [Parameter]
    public SwitchParameter AllowUnknownCost { get; set; }

    /// <summary>The name of the endpoint.</summary>
    private protected abstract string Kind { get; }

    private bool IsWhatIf => _preview is not null;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        int limit = ThrottleLimit ?? Client.Options.ThrottleLimit;
        _submits = new(Pump, limit, inOrder: true);
        _preview = IsWhatIfAsked() ? Client.Budget.StartPreview() : null;
        _prices = IsWhatIf || IsConfirmAsked() ? new(Pump, limit, inOrder: true) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        _count++;
        GenerationRequest request = ToRequest() with { MaxCost = MaxCost, AllowUnknownCost = AllowUnknownCost };
        if (_prices is not null)
        {
            _prices.WaitForPlace();
            TakeFinished(_prices, Decide);
            AskForPrice(request);
        }
        else if (ShouldProcess(request.Model, $"Submit {Kind.ToLowerInvariant()} request, which is billed: {Short(request.Prompt)}"))
        {
            Submit(TargetOf(request), request);
        }

        TakeFinished(_submits!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        if (_prices is not null)
        {
            TakeAll(_prices, Decide);
        }

        if (IsWhatIf && _count > 1)
        {
            string total = $"Together, {QuoteTotal.Sum(_quotes, _count)}";
            ShouldProcess(total, total, null);
        }

        TakeAll(_submits!, Emit);
    }

    private void AskForPrice(GenerationRequest request)
    {
        GenerationKind kind = Enum.Parse<GenerationKind>(Kind);
        _prices!.Add(
            TargetOf(request),
            async stopping => new PricedRequest(request, await Client.Predictions.PreviewAsync(request, kind, stopping).ConfigureAwait(false)));
    }

    // In the order of the input: shows a request with its price, or asks about it.
    private void Decide(object? input, PricedRequest priced)
    {
        (GenerationRequest request, CostEstimate cost) = priced;
        _preview?.Add(cost, request.MaxCost, request.AllowUnknownCost);
        if (cost.Quote is not null)
        {
            _quotes.Add(cost.Quote);
        }

        string what = $"{Kind.ToLowerInvariant()} request to {cost.Model}, {Short(request.Prompt)},";
        if (ShouldProcess($"Submitting the {what} would cost {cost}", $"Submit the {what} which would cost {cost}?", "Confirm"))
        {
            Submit(input, request);
        }
    }

    private void Submit(object? input, GenerationRequest request)
    {
        GenerationKind kind = Enum.Parse<GenerationKind>(Kind);
        CancellationToken hardStop = AbandonToken;
        _submits!.WaitForPlace();
        TakeFinished(_submits, Emit);
        _submits.Add(input, stopping => Client.Predictions.CreateAsync(request, kind, hardStop, stopping));
    }

    private void Emit(object? input, Prediction prediction) => WriteObject(prediction);

    private bool IsWhatIfAsked() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private bool IsConfirmAsked() => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact least) && least is ConfirmImpact.Low or ConfirmImpact.Medium;

    private static string Short(string? prompt) =>
        string.IsNullOrEmpty(prompt) ? "no prompt" : prompt.Length <= 60 ? $"\"{prompt}\"" : $"\"{prompt[..59]}…\"";
}
