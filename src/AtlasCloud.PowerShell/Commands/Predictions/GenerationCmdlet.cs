using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// The base of the cmdlets that submit requests. Requests are submitted concurrently and returned in the order of the input. With -WhatIf and -Confirm
/// their prices are requested concurrently, and the prompts show them in the order of the input.
/// </summary>
public abstract partial class GenerationCmdlet : RequestCmdlet
{
    private readonly List<Quote> _quotes = [];
    private PipelineWork<object?, Prediction>? _submits;
    private PipelineWork<object?, PricedRequest>? _prices;
    private BudgetPreview? _preview;
    private SubmitOrder? _order;
    private Batch? _batch;
    private int _count;
    private int _priced;
    private int _rows;

    /// <summary>The maximum cost of one request, in US dollars. Requests that cost more or cannot be priced are not submitted. Default: no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation(typeof(decimal), Minimum = 0, Maximum = 1e12)]
    public decimal? MaxCost { get; set; }

    /// <summary>Submits requests that cannot be priced, or only in part, although a limit is set.</summary>
    [Parameter]
    public SwitchParameter AllowUnknownCost { get; set; }

    /// <inheritdoc/>
    private protected abstract override string Endpoint { get; }

    private GenerationKind Kind => GetKind()!.Value;

    private bool IsWhatIf => _preview is not null;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _batch = JoinBatch(BatchStage.Submit);
        bool stopsAtRefusal = GetErrorAction() is ActionPreference.Stop;
        if (LacksJournalFolder)
        {
            WriteWarning("No journal is kept, because the system defines no folder for it: there is no home directory. A prediction whose response is lost cannot be recovered. Set $env:ATLASCLOUD_HOME, or use a session with a -JournalPath.");
        }

        _order = stopsAtRefusal || Client.Budget.Limit is not null ? new SubmitOrder(stopsAtRefusal) : null;
        int limit = ThrottleLimit ?? Client.Options.ThrottleLimit;
        _submits = new(Pump, limit, inOrder: true);
        _reuse = JoinReuse();
        _batch.AddSubmitter(isReusing: _reuse is not null);
        _preview = IsWhatIfRequested() ? Client.Budget.StartPreview() : null;
        _prices = IsWhatIf || IsConfirmRequested() ? new(Pump, limit, inOrder: true) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        // Counted before it can fail, so that the total includes requests that are not valid.
        _count++;
        IReadOnlyList<GenerationRequest> requests = CreateRequests();
        if (requests.Count == 0)
        {
            // Its error is already written.
            _batch!.AddInput();
            _batch.AddRefusal();
        }

        int row = _rows + 1;
        _rows = requests.Count == 0 ? row : row + requests.Max(r => r.Row ?? 0);
        _count += Math.Max(requests.Count, 1) - 1;
        foreach (GenerationRequest request in requests)
        {
            Process(request with { AllowUnknownCost = AllowUnknownCost, Row = row + request.Row });
        }
    }

    private void Process(GenerationRequest request)
    {
        RequireKey(request, Kind);
        if (_prices is not null)
        {
            _prices.WaitForSlot();
            DrainCompleted(_prices, ConfirmAndSubmit);
            RequestPrice(request);
        }
        else if (ShouldProcess(request.Model, $"Submit {Endpoint} request, which is billed{(_reuse is null ? "" : " unless an earlier one is reused")}: {Abbreviate(request.Prompt)}"))
        {
            Submit(GetErrorTarget(request), request);
        }

        DrainCompleted(_submits!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        if (_prices is not null)
        {
            DrainAll(_prices, ConfirmAndSubmit);
        }

        if (IsWhatIf && _count > 1)
        {
            string total = DescribeTotal();
            ShouldProcess(total, total, null);
        }

        _batch!.CompleteInput();
        DrainAll(_submits!, Emit);
    }

    // Requests that are not valid have an error, and no price.
    private string DescribeTotal()
    {
        int rejected = _count - _priced - _taken;
        string price = _priced == 0 ? "0 requests: nothing to pay" : QuoteTotal.Sum(_quotes, _priced).ToString();
        return $"Total for {price}{_reuse?.DescribeTaken()}{(rejected == 0 ? "" : $"; {rejected} {(rejected == 1 ? "was" : "were")} rejected")}";
    }

    private void RequestPrice(GenerationRequest request)
    {
        GenerationKind kind = Kind;
        SubmitTurn? turn = _reuse?.TakeTurn();
        _prices!.Add(GetErrorTarget(request), stopping => PriceAsync(request, kind, turn, stopping));
    }

    // Called in the order of the input.
    private void ConfirmAndSubmit(object? input, PricedRequest priced)
    {
        (GenerationRequest request, CostEstimate? cost, ReuseDecision? earlier) = priced;
        if (cost is null)
        {
            TakeOver(input, request, earlier!);
            return;
        }

        _priced++;
        _preview?.Add(cost, request.MaxCost, request.AllowUnknownCost);
        if (cost.Quote is not null)
        {
            _quotes.Add(cost.Quote);
        }

        string description = $"{Endpoint} request to {cost.Model}, {Abbreviate(request.Prompt)},";
        if (ShouldProcess($"Submitting the {description} would cost {cost}", $"Submit the {description} which would cost {cost}?", "Confirm"))
        {
            Submit(input, request);
        }
    }

    private void Submit(object? input, GenerationRequest request)
    {
        GenerationKind kind = Kind;
        StartInput();
        (SubmitTurn? turn, SubmitTurn? reuseTurn) = (_order?.TakeTurn(), _reuse?.TakeTurn());
        _submits!.Add(input, stopping => CountAsync(
            reuseTurn is not null ? _reuse!.CreateAsync(request, kind, reuseTurn, turn, HardStopToken, stopping)
            : turn is not null ? Client.Predictions.CreateInOrderAsync(request, kind, turn, HardStopToken, stopping)
            : Client.Predictions.CreateGracefullyAsync(request, kind, HardStopToken, stopping)));
    }

    private void StartInput()
    {
        _submits!.WaitForSlot();
        DrainCompleted(_submits, Emit);
        _batch!.AddInput();
    }

    private async Task<Prediction> CountAsync(Task<Prediction> work)
    {
        try
        {
            Prediction prediction = await work.ConfigureAwait(false);
            _batch!.Submit(prediction);
            return prediction;
        }
        catch
        {
            _batch!.AddRefusal();
            throw;
        }
    }

    private void Emit(object? input, Prediction prediction) => WriteObject(prediction);

    private bool IsConfirmRequested() => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? value)
        ? LanguagePrimitives.IsTrue(value)
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact least) && least is ConfirmImpact.Low or ConfirmImpact.Medium;

    private static string Abbreviate(string? prompt) =>
        string.IsNullOrEmpty(prompt) ? "no prompt" : prompt.Length <= 60 ? $"\"{prompt}\"" : $"\"{prompt[..59]}…\"";
}
