using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The reply that a rule specifies: a sample, or status, headers and body, or a sample or the actual reply with some of these replaced.</summary>
internal sealed record ScenarioReply
{
    internal string? Sample { get; init; }

    internal int? Status { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>A string is sent as text, anything else as JSON.</summary>
    internal JsonNode? Body { get; init; }

    /// <summary>The merge patch for the body of the actual reply; null to replace the reply. A body that is not a JSON object stays as it is.</summary>
    internal JsonObject? Patch { get; init; }

    /// <summary>Whether the request is executed before this reply replaces the actual one.</summary>
    internal bool ExecutesRequest { get; init; }

    /// <param name="actual">The actual reply; null if the request was not executed.</param>
    /// <param name="placeholders">The values of placeholders.</param>
    internal Reply ToReply(Reply? actual, ScenarioPlaceholders placeholders)
    {
        Reply reply = Patch is not null && actual is not null ? ApplyPatch(actual, placeholders) : CreateReply(placeholders);
        reply.Status = Status ?? reply.Status;
        foreach ((string name, string value) in Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                reply.ContentType = value;
            }
            else
            {
                reply.Headers.Set(name, placeholders.Expand(value));
            }
        }

        return reply;
    }

    private Reply CreateReply(ScenarioPlaceholders placeholders) => Sample is { } path
        ? Data.Sample.All[path].ToReply()
        : Body switch
        {
            null => Reply.Create([], null),
            JsonValue text when text.TryGetValue(out string? content) =>
                Reply.Text(placeholders.ExpandEscaped(placeholders.Expand(content)), "text/plain; charset=utf-8"),
            _ => Reply.Text(placeholders.ExpandEscaped(JsonText.Write(placeholders.Expand(Body)!)), Reply.JsonType),
        };

    private Reply ApplyPatch(Reply actual, ScenarioPlaceholders placeholders)
    {
        if (actual.WriteChunks is not null || actual.File is not null || JsonText.TryReadObject(actual.Bytes) is not { } body)
        {
            return actual;
        }

        JsonMergePatch.Apply(body, placeholders.Expand(Patch)!.AsObject());
        return actual.WithBody(placeholders.ExpandEscaped(JsonText.Write(body)));
    }
}
