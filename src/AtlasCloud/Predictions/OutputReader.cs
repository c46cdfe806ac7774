using System.Text.Json;
using AtlasCloud.FileTypes;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>Reads the results from a response, which can contain them in several shapes. API reference, section 5.2.</summary>
internal static class OutputReader
{
    private static readonly string[] s_addressNames =
        ["url", "download_url", "audio_url", "video_url", "image_url", "video", "image", "audio", "output", "uri", "b64_json"];

    /// <summary>Returns all outputs: results first, then files, then the thumbnail.</summary>
    internal static IReadOnlyList<Output> Read(JsonElement data, string? predictionId, ModelKind kind)
    {
        List<Output> outputs = [];
        bool?[] flags = [.. data.Member("has_nsfw_contents").Items().Select(f => f.AsBoolean())];
        JsonElement? found = data.FirstMember("outputs", "output");
        found = found?.FirstMember("outputs", "output") ?? found ?? FindOpenAiImages(data);
        foreach (string value in ReadValues(found))
        {
            int index = outputs.Count;
            Output output = CreateOutput(value, null, null) with { IsFlagged = index < flags.Length ? flags[index] : null };
            bool isLastFrame = index > 0 && output.Kind == MediaKind.Image && kind == ModelKind.Video;
            bool isPreview = kind == ModelKind.ThreeD && output.Kind == MediaKind.Image;
            outputs.Add(output with { Role = isLastFrame ? OutputRole.LastFrame : isPreview ? OutputRole.Thumbnail : OutputRole.Result });
        }

        HashSet<string> known = new(outputs.Select(o => o.Value), StringComparer.Ordinal);
        foreach (JsonElement file in data.Member("files").Items())
        {
            if (file.Text(s_addressNames) is string address && known.Add(address))
            {
                outputs.Add(CreateOutput(address, file.Text("content_type"), file.Text("type")) with { Role = OutputRole.File });
            }
        }

        if (data.Text("thumbnail") is string thumbnail && known.Add(thumbnail))
        {
            outputs.Add(CreateOutput(thumbnail, null, null) with { Role = OutputRole.Thumbnail });
        }

        return [.. outputs.Select((o, i) => o with { Index = i + 1, PredictionId = predictionId })];
    }

    private static IEnumerable<string> ReadValues(JsonElement? found) => found switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } => found.Items().Select(ReadValue).OfType<string>(),
        _ => ReadValue(found.Value) is string one ? [one] : [],
    };

    private static string? ReadValue(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object ? item.Text(s_addressNames) ?? item.Text("text") : item.AsText();

    // The shape of a synchronous OpenAI response: {created, data: [{url | b64_json}]}.
    private static JsonElement? FindOpenAiImages(JsonElement data) =>
        data.Member("data") is JsonElement { ValueKind: JsonValueKind.Array } list ? list : null;

    private static Output CreateOutput(string value, string? contentType, string? typeName)
    {
        FileType? named = FileType.FromContentType(contentType) ?? FileType.FromExtension("." + typeName);
        if (ParseAddress(value) is Uri uri)
        {
            FileType? type = named ?? FileType.FromAddress(uri);
            return new Output { Value = value, Uri = uri, Kind = type?.Kind ?? MediaKind.Unknown, ContentType = contentType };
        }

        if (ParseBytes(value) is (byte[] data, var found))
        {
            return new Output { Value = value, Data = data, Kind = (found ?? named)?.Kind ?? MediaKind.Unknown, ContentType = contentType ?? found?.ContentType };
        }

        return new Output { Value = value, Text = value, Kind = MediaKind.Text, ContentType = contentType };
    }

    private static Uri? ParseAddress(string value)
    {
        string text = value.StartsWith("//", StringComparison.Ordinal) ? "https:" + value : value;
        return (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
                ? uri
                : null;
    }

    // Decodes a data URI, or bare Base64 if the content has a known file type, since plain text can be valid Base64 as well.
    private static (byte[] Data, FileType? Type)? ParseBytes(string value)
    {
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            int comma = value.IndexOf(',', StringComparison.Ordinal);
            bool isBase64 = comma > 0 && value[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
            return isBase64 && Decode(value[(comma + 1)..]) is byte[] content
                ? (content, FileSignature.Find(content) ?? FileType.FromContentType(value[5..comma].Split(';')[0]))
                : null;
        }

        return value.Length >= 24 && Decode(value) is byte[] bare && FileSignature.Find(bare) is FileType type ? (bare, type) : null;
    }

    private static byte[]? Decode(string text)
    {
        byte[] buffer = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, buffer, out int count) ? buffer[..count] : null;
    }
}
