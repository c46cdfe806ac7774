using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Rendering;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The static documents that the catalog links to: schema, readme, example and avatar.</summary>
internal sealed class StaticDocumentEndpoint
{
    private const string Markdown = "text/markdown; charset=utf-8";

    private readonly ModelCatalog _catalog;

    internal StaticDocumentEndpoint(ModelCatalog catalog) => _catalog = catalog;

    internal Reply GetSchema(RequestContext context)
    {
        string path = "schemas/" + context.RouteValues[0];
        string dashedId = Path.GetFileNameWithoutExtension(context.RouteValues[0]);
        if (_catalog.IsRemoved(dashedId))
        {
            return NotFound();
        }

        return _catalog.All.FirstOrDefault(model => model.DashedId == dashedId) is { SchemaChanges.Count: > 0 } changed && ModelSchema.DocumentFor(changed) is JsonNode document
            ? Reply.Json(document)
            : EmbeddedData.Exists(path) ? Reply.Create(EmbeddedData.Read(path), Reply.JsonType)
            : DerivedSchemas.Find(dashedId) is JsonNode derived ? Reply.Json(derived)
            : NotFound();
    }

    internal Reply GetReadme(RequestContext context) =>
        FindModel(context) is { } model ? Reply.Text(WriteReadme(model), Markdown) : NotFound();

    internal Reply GetExample(RequestContext context)
    {
        if (FindModel(context) is not { } model)
        {
            return NotFound();
        }

        JsonObject input = new() { ["model"] = model.Id };
        ModelSchema? schema = ModelSchema.For(model);
        foreach (string name in schema?.Required ?? [])
        {
            input[name] ??= schema!.DefaultValue(name)?.DeepClone() ?? ExampleValue(name);
        }

        return Reply.Json(new JsonObject { ["model"] = model.Id, ["examples"] = new JsonArray(new JsonObject { ["input"] = input }) });
    }

    internal static Reply GetAvatar(RequestContext context) =>
        Reply.Create(PngRenderer.Render(new FrameSize(64, 64), context.RouteValues[0], context.RouteValues[0]), "image/png");

    private static JsonNode ExampleValue(string name) => name switch
    {
        "images" or "videos" => new JsonArray("https://static.atlascloud.ai/media/images/example.png"),
        "image" or "image_url" => "https://static.atlascloud.ai/media/images/example.png",
        _ => "A lighthouse at dawn",
    };

    private static string WriteReadme(CatalogModel model)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {model.Id}\n\nType: {model.Type}\n\n");
        text.Append("| Parameter | Type | Required | Default |\n|---|---|---|---|\n");
        if (ModelSchema.For(model) is { } schema)
        {
            foreach ((string name, JsonNode? property) in schema.Properties)
            {
                string required = schema.Required.Contains(name) ? "yes" : "no";
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {property?["type"]} | {required} | {property?["default"]} |\n");
            }
        }

        return text.ToString();
    }

    private static Reply NotFound() => Reply.Text("not found", "text/plain", 404);

    private CatalogModel? FindModel(RequestContext context)
    {
        string name = Path.GetFileNameWithoutExtension(context.RouteValues[0]);
        return _catalog.All.FirstOrDefault(model => model.DashedId.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
