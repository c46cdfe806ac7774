using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>The recorded responses in the repository.</summary>
internal static class Fixture
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");
    private static readonly Dictionary<string, JsonElement> s_manifest =
        Json("manifest.json").GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("file").GetString()!, StringComparer.Ordinal);

    /// <summary>Returns the names of all files of a folder that match a pattern.</summary>
    internal static TheoryData<string> Files(string folder, string pattern = "*")
    {
        TheoryData<string> names = [];
        foreach (string path in Directory.GetFiles(Path.Combine(s_folder, folder), pattern).Order(StringComparer.Ordinal))
        {
            names.Add(Path.GetFileName(path));
        }

        return names;
    }

    /// <summary>The paths of all files, relative to the folder, with slashes.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. Directory.GetFiles(s_folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(s_folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    internal static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(s_folder, file));

    internal static JsonElement Json(string file)
    {
        using JsonDocument document = JsonDocument.Parse(Bytes(file));
        return document.RootElement.Clone();
    }

    /// <summary>The files that the manifest describes.</summary>
    internal static IEnumerable<string> Described => s_manifest.Keys;

    /// <summary>The path that a recorded request was sent to, or that was read.</summary>
    internal static string Route(string file) => s_manifest[file].GetProperty("path").GetString()!;

    /// <summary>Whether a file was built from the API reference, because no payload is published.</summary>
    internal static bool IsConstructed(string file) => s_manifest.TryGetValue(file, out JsonElement entry) && entry.GetProperty("certainty").GetString() == "constructed";

    /// <summary>The prediction ID in a recorded response; that of <see cref="Some"/> if it has none.</summary>
    internal static string PredictionId(string file) =>
        JsonText.Parse(Bytes(file)) is JsonElement json && PredictionReader.Read(json)?.Id is { Length: > 0 } id ? id : Some.Id;

    /// <summary>Returns the response with its status, type and headers from the manifest.</summary>
    internal static StubReply Reply(string file) => StubReply.Of(Status(file), Bytes(file), s_manifest[file].GetProperty("contentType").GetString(), Headers(file));

    internal static ApiResponse HttpReply(string file) => new((System.Net.HttpStatusCode)Status(file), Bytes(file));

    internal static int Status(string file) => s_manifest[file].GetProperty("status").GetInt32();

    private static (string Name, string Value)[] Headers(string file) =>
        s_manifest[file].TryGetProperty("headers", out JsonElement headers)
            ? [.. headers.EnumerateObject().Select(h => (h.Name, h.Value.GetString()!))]
            : [];
}
