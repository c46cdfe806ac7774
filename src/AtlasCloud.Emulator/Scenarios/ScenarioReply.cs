using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The reply that a rule specifies: a sample, or status, headers and body, or a sample with some of these replaced.</summary>
internal sealed record ScenarioReply
{
    internal string? Sample { get; init; }

    internal int? Status { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>A string is sent as text, anything else as JSON.</summary>
    internal JsonNode? Body { get; init; }

    /// <summary>Whether the request is executed before this reply replaces the actual one.</summary>
    internal bool ExecutesRequest { get; init; }

    internal Reply ToReply()
    {
        Reply reply = Sample is { } path
            ? Data.Sample.All[path].ToReply()
            : Body is JsonValue text && text.TryGetValue(out string? content)
                ? Reply.Text(content, "text/plain; charset=utf-8")
                : Body is null ? Reply.Create([], null) : Reply.Json(Body);
        reply.Status = Status ?? reply.Status;
        foreach ((string name, string value) in Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                reply.ContentType = value;
            }
            else
            {
                reply.Headers.Set(name, value);
            }
        }

        return reply;
    }
}
