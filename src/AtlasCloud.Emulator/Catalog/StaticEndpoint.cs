using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Rendering;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The documents that the catalog points to: schema, readme, example and picture.</summary>
internal sealed class StaticEndpoint
{
    private const string Markdown = "text/markdown; charset=utf-8";

    private readonly ModelCatalog _catalog;

    internal StaticEndpoint(ModelCatalog catalog) => _catalog = catalog;

    internal Reply GetSchema(Exchange exchange)
    {
        string path = "schemas/" + exchange.Places[0];
        string dashedId = Path.GetFileNameWithoutExtension(exchange.Places[0]);
        return !EmbeddedData.Exists(path) || _catalog.HasLost(dashedId) ? Missing()
            : _catalog.All.FirstOrDefault(model => model.DashedId == dashedId) is { SchemaChanges.Count: > 0 } changed
                ? Reply.Json(ModelSchema.DocumentOf(changed)!)
                : Reply.Of(EmbeddedData.Read(path), Reply.JsonType);
    }

    internal Reply GetReadme(Exchange exchange) =>
        Find(exchange) is { } model ? Reply.Text(Readme(model), Markdown) : Missing();

    internal Reply GetExample(Exchange exchange)
    {
        if (Find(exchange) is not { } model)
        {
            return Missing();
        }

        JsonObject input = new() { ["model"] = model.Id };
        ModelSchema? schema = ModelSchema.Of(model);
        foreach (string name in schema?.Required ?? [])
        {
            input[name] ??= schema!.Default(name)?.DeepClone() ?? ExampleOf(name);
        }

        return Reply.Json(new JsonObject { ["model"] = model.Id, ["examples"] = new JsonArray(new JsonObject { ["input"] = input }) });
    }

    internal static Reply GetAvatar(Exchange exchange) =>
        Reply.Of(PngRenderer.Render(new FrameSize(64, 64), exchange.Places[0], exchange.Places[0]), "image/png");

    private static JsonNode ExampleOf(string name) => name switch
    {
        "images" or "videos" => new JsonArray("https://static.atlascloud.ai/media/images/example.png"),
        "image" or "image_url" => "https://static.atlascloud.ai/media/images/example.png",
        _ => "A lighthouse at dawn",
    };

    private static string Readme(CatalogModel model)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {model.Id}\n\nType: {model.Type}\n\n");
        text.Append("| Parameter | Type | Required | Default |\n|---|---|---|---|\n");
        if (ModelSchema.Of(model) is { } schema)
        {
            foreach ((string name, JsonNode? property) in schema.Properties)
            {
                string required = schema.Required.Contains(name) ? "yes" : "no";
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {property?["type"]} | {required} | {property?["default"]} |\n");
            }
        }

        return text.ToString();
    }

    private static Reply Missing() => Reply.Text("not found", "text/plain", 404);

    private CatalogModel? Find(Exchange exchange)
    {
        string name = Path.GetFileNameWithoutExtension(exchange.Places[0]);
        return _catalog.All.FirstOrDefault(model => model.DashedId.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
