using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>A JSON schema from whatever a user writes one with.</summary>
internal static class SchemaText
{
    /// <summary>A schema from JSON text or from the short form.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is neither.</exception>
    internal static JsonObject Parse(string text)
    {
        string bare = text.Trim();
        if (!bare.StartsWith('{'))
        {
            return ShortSchema.Parse(bare);
        }

        return JsonText.Parse(bare) is JsonElement schema
            ? JsonObject.Create(schema)!
            : throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, "The JSON schema is not valid JSON. Nothing was sent.") { RecommendedAction = "Check its brackets, commas and quotes." };
    }

    /// <summary>A schema from a hashtable.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a value in it has no JSON form.</exception>
    internal static JsonObject From(IDictionary schema) => (JsonObject)JsonValues.ToJson(schema)!;
}
