using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the reply of a rule.</summary>
internal static class ScenarioReplyParser
{
    internal static ScenarioReply Parse(JsonNode? node, string path)
    {
        ScenarioObject reply = new(node, path, "sample", "status", "headers", "body", "patch", "afterwards");
        int? status = reply.Count("status");
        if (status is < 200 or > 599)
        {
            throw new FormatException($"{path}.status: expected a status from 200 to 599.");
        }

        return new ScenarioReply
        {
            Sample = ParseSample(reply, "sample"),
            Status = status,
            Headers = ParseHeaders(reply),
            Body = reply["body"],
            Patch = reply.Has("patch") ? ParsePatch(reply) : null,
            ExecutesRequest = reply.Flag("afterwards") ?? reply.Has("patch"),
        };
    }

    /// <summary>Parses the headers member; empty if there is none.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ParseHeaders(ScenarioObject source)
    {
        if (!source.Has("headers"))
        {
            return [];
        }

        JsonObject headers = source["headers"] as JsonObject ?? throw new FormatException($"{source.Path}.headers: expected an object.");
        return [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, header.Value?.ToString() ?? ""))];
    }

    internal static string? ParseSample(ScenarioObject source, string name)
    {
        if (source.Text(name) is not { } path)
        {
            return null;
        }

        return Sample.All.ContainsKey(path)
            ? path
            : throw new FormatException($"{source.Path}.{name}: unknown sample '{path}'.");
    }

    private static JsonObject ParsePatch(ScenarioObject reply)
    {
        if (reply.Has("sample") || reply.Has("body"))
        {
            throw new FormatException($"{reply.Path}.patch: it changes the normal response, so it cannot be combined with sample or body.");
        }

        return reply.Flag("afterwards") == false
            ? throw new FormatException($"{reply.Path}.afterwards: a patch needs the normal response, so the request is executed.")
            : reply["patch"] as JsonObject ?? throw new FormatException($"{reply.Path}.patch: expected an object.");
    }
}
