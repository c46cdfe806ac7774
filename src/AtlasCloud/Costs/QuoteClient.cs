using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud.Costs;

/// <summary>Asks the service for the price of a request. That is free and creates nothing.</summary>
internal sealed class QuoteClient(HttpPipeline http)
{
    /// <summary>The price of a request body, or the reason why it is unknown.</summary>
    /// <exception cref="AtlasCloudException">Authentication, NoSession.</exception>
    internal async Task<CostEstimate> EstimateAsync(JsonObject body, string? label, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        try
        {
            return new CostEstimate(model, await QuoteAsync(body, label, cancellationToken).ConfigureAwait(false));
        }
        catch (AtlasCloudException exception) when (exception.Kind is not (AtlasCloudErrorKind.Authentication or AtlasCloudErrorKind.NoSession))
        {
            return new CostEstimate(model, null, exception);
        }
    }

    /// <summary>The price of a request body.</summary>
    /// <exception cref="AtlasCloudException">The service refused to answer or returned no price.</exception>
    internal async Task<Quote> QuoteAsync(JsonObject body, string? label, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        byte[] content = JsonBody.Serialize(body);
        ApiCall call = new(HttpMethod.Post, http.Media("model/calculate"), $"the price of a request to {model}")
        {
            Content = () => JsonBody.Create(content),
        };
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(response, call.Description, http.Key);
        Quote quote = Quote.Read(root, model)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The response to the request for {call.Description} contains no amount.")
            {
                RequestId = response.RequestId,
                Model = model,
            };
        return quote with { Label = label };
    }
}
