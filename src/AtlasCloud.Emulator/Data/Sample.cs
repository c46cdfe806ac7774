using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Data;

/// <summary>A recorded payload with its status and headers.</summary>
internal sealed record Sample(string Path, int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly Lazy<IReadOnlyDictionary<string, Sample>> s_all = new(ReadManifest);

    internal static IReadOnlyDictionary<string, Sample> All => s_all.Value;

    internal byte[] Bytes => EmbeddedData.Read(Path);

    /// <summary>Creates a reply with the recorded bytes. Event streams end by closing the connection, because some are truncated on purpose.</summary>
    internal Reply ToReply()
    {
        Reply reply = Reply.Create(Bytes, ContentType, Status, closesConnection: ContentType == "text/event-stream");
        foreach ((string name, string value) in Headers)
        {
            // Every reply gets its own request ID.
            if (!name.Equals("X-Request-ID", StringComparison.OrdinalIgnoreCase))
            {
                reply.Headers.Add(name, value);
            }
        }

        return reply;
    }

    private static Dictionary<string, Sample> ReadManifest()
    {
        Dictionary<string, Sample> samples = [];
        foreach (JsonNode? entry in EmbeddedData.ReadJson("manifest.json")["files"]!.AsArray())
        {
            string path = (string)entry!["file"]!;
            if (!EmbeddedData.Exists(path))
            {
                continue;
            }

            Dictionary<string, string> headers = [];
            foreach ((string name, JsonNode? value) in entry["headers"] as JsonObject ?? [])
            {
                headers[name] = (string)value!;
            }

            samples[path] = new Sample(path, (int?)entry["status"] ?? 200, (string?)entry["contentType"], headers);
        }

        return samples;
    }
}
