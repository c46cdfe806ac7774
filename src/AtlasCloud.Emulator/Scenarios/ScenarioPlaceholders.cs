using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Replaces the placeholders in replies of a scenario with values of the request.</summary>
/// <param name="PredictionId">The ID of the prediction that the request created or read; null for none.</param>
/// <param name="Key">The API key of the request; null for none.</param>
internal sealed record ScenarioPlaceholders(string? PredictionId, string? Key)
{
    // Replaced in the written text, where a JSON writer would have resolved the escapes.
    private const string EscapedKey = "{key-escaped}";

    private const char ZeroWidthSpace = '\u200B';

    internal string Expand(string text) => text.Contains('{', StringComparison.Ordinal)
        ? text.Replace("{id}", PredictionId, StringComparison.Ordinal)
            .Replace("{key}", Key, StringComparison.Ordinal)
            .Replace("{key-spaced}", string.Join(ZeroWidthSpace, (Key ?? "").ToCharArray()), StringComparison.Ordinal)
        : text;

    /// <summary>Expands the strings and the names of members of a copy.</summary>
    internal JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(Expand(member.Key), Expand(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Expand)]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Expand(text)),
        _ => node?.DeepClone(),
    };

    /// <summary>Writes the key with each character as a JSON escape.</summary>
    internal string ExpandEscaped(string text) => text.Contains(EscapedKey, StringComparison.Ordinal)
        ? text.Replace(EscapedKey, string.Concat((Key ?? "").Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))), StringComparison.Ordinal)
        : text;
}
