using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AtlasCloud.Json;

/// <summary>Source-generated JSON serialization: no reflection, so the first use is fast.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class AtlasJson : JsonSerializerContext
{
    // Creates its own context: the generated Default is initialized after this field and would still be null here.
    /// <summary>Options for files that people read: indented, with only the escapes that JSON requires.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new AtlasJson() };
}
