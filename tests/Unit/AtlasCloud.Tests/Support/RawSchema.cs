using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Models;

namespace AtlasCloud.Tests;

/// <summary>A recorded schema document, read without the code under test.</summary>
internal sealed class RawSchema
{
    private RawSchema(string name, JsonObject document, JsonObject input)
    {
        Name = name;
        Document = document;
        Input = input;
        Properties = input["properties"]!.AsObject().Where(p => p.Key != "model" && p.Value is JsonObject).ToDictionary(p => p.Key, p => p.Value!.AsObject(), StringComparer.Ordinal);
        Required = [.. (input["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(Properties.ContainsKey)];
    }

    internal string Name { get; }

    internal JsonObject Document { get; }

    internal JsonObject Input { get; }

    internal IReadOnlyDictionary<string, JsonObject> Properties { get; }

    internal IReadOnlyList<string> Required { get; }

    internal ModelSchema Read() => SchemaReader.Read(JsonSerializer.SerializeToElement(Document), Name)!;

    internal static RawSchema Recorded(string file) => Parse(Path.GetFileNameWithoutExtension(file), System.Text.Encoding.UTF8.GetString(Fixture.Bytes("schemas/" + file)));

    internal static RawSchema Parse(string name, string json)
    {
        JsonObject document = JsonNode.Parse(json)!.AsObject();
        JsonObject input = (document["components"]?["schemas"]?[nameof(Input)]
            ?? document["paths"]?.AsObject().First().Value!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]
            ?? document).AsObject();
        return new RawSchema(name, document, input);
    }
}
