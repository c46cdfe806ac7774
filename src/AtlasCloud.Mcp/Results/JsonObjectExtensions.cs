using System.Text.Json.Nodes;

namespace AtlasCloud.Mcp.Results;

/// <summary>Builds results. Members without a value are omitted: null would mean that the value is known to be absent.</summary>
internal static class JsonObjectExtensions
{
    internal static void Set(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    /// <summary>The name of an enum value in the style of the results: NotCharged becomes not_charged.</summary>
    internal static string ToWord<T>(this T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
