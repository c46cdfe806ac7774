using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Reads parameters of a request, with the schema's default values as a fallback.</summary>
internal sealed class RequestValues
{
    private readonly JsonObject _body;
    private readonly ModelSchema? _schema;

    internal RequestValues(JsonObject body, ModelSchema? schema) => (_body, _schema) = (body, schema);

    internal string? Text(string name) => Find(name)?.ToString();

    internal decimal? Number(string name) =>
        decimal.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    internal bool Flag(string name) => Find(name) is { } node &&
        (node.GetValueKind() == JsonValueKind.True || string.Equals(node.ToString(), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the request itself contains a non-empty value.</summary>
    internal bool HasValue(string name) => _body[name] switch
    {
        null => false,
        JsonArray array => array.Count > 0,
        JsonNode node => node.ToString().Length > 0,
    };

    /// <summary>Whether a parameter has a value that can consist of several choices.</summary>
    internal bool IsMultiple(string name) => _schema?.IsMultiple(name) == true && Find(name) is JsonValue;

    internal IEnumerable<JsonNode?> List(string name) => _body[name] as JsonArray ?? [];

    /// <summary>The number of values of a parameter that takes one value or a list.</summary>
    internal int Count(string name) => _body[name] switch
    {
        null => 0,
        JsonArray array => array.Count,
        _ => 1,
    };

    /// <summary>The first text among several parameters, including default values.</summary>
    internal string? FirstText(params string[] names) => names.Select(Text).FirstOrDefault(text => text is not null);

    private JsonNode? Find(string name) => _body[name] ?? _schema?.DefaultValue(name);
}
