using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud.Costs;

/// <summary>Asks the service for the price of a request. That is free and creates nothing.</summary>
internal sealed class QuoteClient(HttpPipeline http)
{
    /// <summary>The price of a request, or the reason why it is unknown.</summary>
    /// <exception cref="AtlasCloudException">Authentication, NoSession.</exception>
    internal async Task<CostEstimate> EstimateAsync(QuoteRequest request, CancellationToken cancellationToken)
    {
        string model = request.Model;
        try
        {
            return new CostEstimate(model, await QuoteAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (AtlasCloudException exception) when (exception.Kind is not (AtlasCloudErrorKind.Authentication or AtlasCloudErrorKind.NoSession))
        {
            return new CostEstimate(model, null, exception);
        }
    }

    /// <summary>
    /// The price of a request: that with the schema's defaults, which the service can price differently. What it charges for a request without them is not
    /// documented, so the higher price is the ceiling.
    /// </summary>
    /// <exception cref="AtlasCloudException">The service refused to answer or returned no price.</exception>
    internal async Task<Quote> QuoteAsync(QuoteRequest request, CancellationToken cancellationToken)
    {
        Task<Quote?> complete = TryQuoteAsync(request.CompleteBody, cancellationToken);
        Quote bare;
        try
        {
            bare = await QuoteAsync(request.Body, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)complete).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Quote quote = Combine(bare, await complete.ConfigureAwait(false));

        // The service reserves a ceiling for images that are billed by tokens, and charges the tokens that were used.
        bool isTokenPriced = quote.EstimatedTokens is not null && request.IsImage;
        return quote with { Label = request.Label, Ceiling = quote.Ceiling ?? (isTokenPriced ? quote.Price : null) };
    }

    private static Quote Combine(Quote bare, Quote? complete) =>
        complete is null || complete.Currency != bare.Currency || complete.Price == bare.Price ? bare
        : complete with { Ceiling = bare.Price > complete.Price ? bare.Price : null, IsPartial = bare.IsPartial || complete.IsPartial };

    private async Task<Quote?> TryQuoteAsync(JsonObject? body, CancellationToken cancellationToken)
    {
        try
        {
            return body is null ? null : await QuoteAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            // Defaults can contradict other inputs of the request.
            AtlasCloudLog.Verbose($"The price with the defaults of the model is unknown: {exception.Message}");
            return null;
        }
    }

    private async Task<Quote> QuoteAsync(JsonObject body, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        byte[] content = JsonBody.Serialize(body);
        ApiCall call = new(HttpMethod.Post, http.Media("model/calculate"), $"the price of a request to {model}")
        {
            Content = () => JsonBody.Create(content),
        };
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(response, call.Description, http.Key);
        return Quote.Read(root, model)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {call.Description} contains no amount.")
            {
                RequestId = response.RequestId,
                Model = model,
            };
    }
}
