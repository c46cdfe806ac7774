using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>POST /api/v1/model/calculate: the price of a request, and nothing else.</summary>
internal sealed class CalculateEndpoint
{
    private readonly ModelCatalog _catalog;
    private readonly PriceList _prices;

    internal CalculateEndpoint(ModelCatalog catalog, PriceList prices) => (_catalog, _prices) = (catalog, prices);

    internal Reply Post(Exchange exchange)
    {
        if (SubmitBody.Read(exchange) is not { } body)
        {
            return Refusal.Of(exchange, 400, "model is required");
        }

        // What the service says about a model that it cannot price, chat models included.
        return _catalog.Find(body["model"]!.ToString()) is { Kind: not ModelKind.Chat } model
            ? Reply.Json(PredictionDocument.Envelope(_prices.Quote(model, body).ToJson()))
            : Refusal.Of(exchange, 400, "failed to evaluate price: expression compile failed");
    }
}
