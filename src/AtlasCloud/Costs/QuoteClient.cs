using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Costs;

/// <summary>Asks what a request would cost. That is free and creates nothing.</summary>
internal sealed class QuoteClient(HttpPipeline http)
{
    /// <summary>What a body would cost, or why that is not known.</summary>
    /// <exception cref="AtlasCloudException">The key is not accepted.</exception>
    internal async Task<CostEstimate> EstimateAsync(GenerationRequest request, JsonObject body, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        try
        {
            return new CostEstimate(model, await QuoteAsync(request, body, cancellationToken).ConfigureAwait(false));
        }
        catch (AtlasCloudException exception) when (exception.Kind is not (AtlasCloudErrorKind.Authentication or AtlasCloudErrorKind.NoSession))
        {
            return new CostEstimate(model, null, exception);
        }
    }

    /// <summary>What a body would cost.</summary>
    /// <exception cref="AtlasCloudException">The service names no price.</exception>
    internal async Task<Quote> QuoteAsync(GenerationRequest request, JsonObject body, CancellationToken cancellationToken)
    {
        string model = body["model"]!.GetValue<string>();
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(body, AtlasJson.Default.JsonObject);
        ApiCall call = new(HttpMethod.Post, http.Media("model/calculate"), $"the price of a request to {model}")
        {
            Content = () => new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        ApiResponse reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(reply, call.Description, http.Key);
        Quote quote = Quote.Read(root, model)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The answer about {call.Description} names no amount.") { RequestId = reply.RequestId };
        return quote with { Label = request.Label };
    }
}
