using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Chat;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>Creates JSON schemas for <see cref="ChatRequest.JsonSchema"/>.</summary>
public static class ReplySchema
{
    /// <summary>Parses a JSON schema. Comments and trailing commas are allowed.</summary>
    /// <param name="json">The schema, a JSON object.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the text is not a JSON object, or an object in it contains a member twice.</exception>
    public static JsonObject Parse(string json) =>
        JsonText.Parse(json) is not JsonElement { ValueKind: JsonValueKind.Object } schema ? throw ChatErrors.SchemaMalformed()
        : InputJson.FindRepeatedMember(schema) is string name ? throw ChatErrors.SchemaMemberRepeated(name)
        : JsonObject.Create(schema)!;

    /// <summary>Converts a dictionary to a JSON schema.</summary>
    /// <param name="schema">Its members: dictionaries, arrays, strings, numbers and booleans.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: a value cannot be represented in JSON.</exception>
    public static JsonObject FromDictionary(IDictionary schema) => (JsonObject)JsonValues.ToJson(schema)!;
}
