using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A reply that a scenario spells out: a sample, or status, headers and body, or a sample with some of these changed.</summary>
internal sealed record ScenarioReply
{
    internal string? Sample { get; init; }

    internal int? Status { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON is sent as such, a string as text.</summary>
    internal JsonNode? Body { get; init; }

    /// <summary>The request is carried out first, so that the answer is wrong about it.</summary>
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
