using AtlasCloud.Costs;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Submission;

/// <summary>Submits requests within the limits of cost, one <see cref="SubmitAttempt"/> for each.</summary>
internal sealed class PredictionSubmitter(
    HttpPipeline http, QuoteClient quotes, Budget budget, PredictionRecords records, TaskRecovery recovery, TimeProvider clock)
{
    internal HttpPipeline Http => http;

    internal PredictionRecords Records => records;

    internal TaskRecovery Recovery => recovery;

    internal TimeProvider Clock => clock;

    internal SubmitConcurrencyLimiter Limiter { get; } = new();

    /// <summary>Submits a request. If there is a limit of cost, its price is checked first.</summary>
    /// <param name="prepared">The request.</param>
    /// <param name="turn">Its place among concurrent requests; null if they may be sent in any order.</param>
    /// <param name="condition">Must hold when the request is recorded, just before it is sent; null if there is none.</param>
    /// <param name="cancellationToken">Once canceled, nothing new is sent.</param>
    /// <param name="inFlightToken">Cancels a request in flight.</param>
    /// <exception cref="ReservationLostException">The condition does not hold. Nothing was sent.</exception>
    /// <exception cref="AtlasCloudException">BudgetExceeded, or the request was refused, failed at once, or its outcome is unknown.</exception>
    internal async Task<Prediction> SubmitAsync(
        PreparedRequest prepared, SubmitTurn? turn, JournalCondition? condition, CancellationToken cancellationToken, CancellationToken inFlightToken)
    {
        GenerationRequest request = prepared.Request;
        if (!budget.NeedsQuote(request.MaxCost))
        {
            await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            turn?.Pass();
            return await new SubmitAttempt(this, prepared, cost: null, condition).RunAsync(cancellationToken, inFlightToken).ConfigureAwait(false);
        }

        CostEstimate estimate = await quotes.EstimateAsync(prepared.QuoteRequest, cancellationToken).ConfigureAwait(false);
        await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        ReservedCost cost = new(budget.Reserve(estimate, request.MaxCost, request.AllowUnknownCost), estimate.Quote);
        turn?.Pass();
        try
        {
            Prediction prediction = await new SubmitAttempt(this, prepared, cost, condition).RunAsync(cancellationToken, inFlightToken).ConfigureAwait(false);
            cost.Settle(prediction);
            return prediction with { Quote = estimate.Quote };
        }
        catch (Exception exception)
        {
            cost.Settle(exception);
            throw;
        }
    }
}
