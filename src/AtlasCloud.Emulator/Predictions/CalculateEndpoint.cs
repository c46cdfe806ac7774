using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>POST /api/v1/model/calculate: quotes a request.</summary>
internal sealed class CalculateEndpoint
{
    private readonly ModelCatalog _catalog;
    private readonly PriceCalculator _prices;

    internal CalculateEndpoint(ModelCatalog catalog, PriceCalculator prices) => (_catalog, _prices) = (catalog, prices);

    internal Reply Post(RequestContext context)
    {
        if (SubmitBodyReader.Read(context) is not { } body)
        {
            return ErrorReply.Create(context, 400, "model is required");
        }

        // The error of the service for models that it cannot price, including chat models.
        return _catalog.Find(body["model"]!.ToString()) is { Kind: not ModelKind.Chat } model
            ? Reply.Json(PredictionWriter.Envelope(_prices.Quote(model, body).ToJson()))
            : ErrorReply.Create(context, 400, "failed to evaluate price: expression compile failed");
    }
}
