using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>GET /v1/models: the chat models in OpenAI format.</summary>
internal sealed class ChatModelsEndpoint
{
    private const long Created = 1764547200;

    private readonly ModelCatalog _catalog;

    internal ChatModelsEndpoint(ModelCatalog catalog) => _catalog = catalog;

    internal Reply Get(RequestContext context)
    {
        IEnumerable<CatalogModel> models = _catalog.Listed.Where(m => m.Kind == ModelKind.Chat && (bool?)m.Item["display_console"] != false);
        return Reply.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. models.Select(WriteModel)]) });
    }

    private static JsonObject WriteModel(CatalogModel model) => new()
    {
        ["id"] = model.Id,
        ["object"] = "model",
        ["created"] = Created,
        ["owned_by"] = model.Id.Split('/')[0],
        ["context_length"] = model.Item["contextLength"]?.DeepClone(),
        ["max_output_length"] = model.Item["maxCompletionTokens"]?.DeepClone(),
        ["input_modalities"] = model.Item["input_modalities"]?.DeepClone(),
        ["pricing"] = new JsonObject { ["prompt"] = PricePerToken(model, "input_price"), ["completion"] = PricePerToken(model, "output_price") },
    };

    private static string PricePerToken(CatalogModel model, string member) =>
        ((model.Price("actual", member) ?? 0m) / 1_000_000m).ToString("0.##############", CultureInfo.InvariantCulture);
}
