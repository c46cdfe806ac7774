using System.Text.Json;
using AtlasCloud.FileTypes;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>Finds the results in a reply, which has them in half a dozen shapes.</summary>
internal static class OutputReader
{
    private static readonly string[] s_addressNames =
        ["url", "download_url", "audio_url", "video_url", "image_url", "video", "image", "audio", "output", "uri", "b64_json"];

    internal static IReadOnlyList<Output> Read(JsonElement data, string? predictionId, ModelKind kind)
    {
        List<Output> outputs = [];
        bool?[] flags = [.. data.Member("has_nsfw_contents").Items().Select(f => f.AsBoolean())];
        JsonElement? found = data.FirstMember("outputs", "output");
        found = found?.FirstMember("outputs", "output") ?? found ?? OpenAiImages(data);
        foreach (string value in Values(found))
        {
            int index = outputs.Count;
            Output output = Make(value, null, null) with { IsFlagged = index < flags.Length ? flags[index] : null };
            bool isLastFrame = index > 0 && output.Kind == MediaKind.Image && kind == ModelKind.Video;
            bool isPreview = kind == ModelKind.ThreeD && output.Kind == MediaKind.Image;
            outputs.Add(output with { Role = isLastFrame ? OutputRole.LastFrame : isPreview ? OutputRole.Thumbnail : OutputRole.Result });
        }

        HashSet<string> known = new(outputs.Select(o => o.Value), StringComparer.Ordinal);
        foreach (JsonElement file in data.Member("files").Items())
        {
            if (file.Text(s_addressNames) is string address && known.Add(address))
            {
                outputs.Add(Make(address, file.Text("content_type"), file.Text("type")) with { Role = OutputRole.File });
            }
        }

        if (data.Text("thumbnail") is string thumbnail && known.Add(thumbnail))
        {
            outputs.Add(Make(thumbnail, null, null) with { Role = OutputRole.Thumbnail });
        }

        return [.. outputs.Select((o, i) => o with { Index = i + 1, PredictionId = predictionId })];
    }

    private static IEnumerable<string> Values(JsonElement? found) => found switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } => found.Items().Select(ValueOf).OfType<string>(),
        _ => ValueOf(found.Value) is string one ? [one] : [],
    };

    private static string? ValueOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object ? item.Text(s_addressNames) ?? item.Text("text") : item.AsText();

    // The OpenAI form of a synchronous reply: {created, data: [{url | b64_json}]}.
    private static JsonElement? OpenAiImages(JsonElement data) =>
        data.Member("data") is JsonElement { ValueKind: JsonValueKind.Array } list ? list : null;

    private static Output Make(string value, string? contentType, string? typeName)
    {
        FileType? named = FileType.FromContentType(contentType) ?? FileType.FromExtension("." + typeName);
        if (Address(value) is Uri uri)
        {
            FileType? type = named ?? FileType.FromAddress(uri);
            return new Output { Value = value, Uri = uri, Kind = type?.Kind ?? MediaKind.Unknown, ContentType = contentType };
        }

        if (Bytes(value) is (byte[] data, var found))
        {
            return new Output { Value = value, Data = data, Kind = (found ?? named)?.Kind ?? MediaKind.Unknown, ContentType = contentType ?? found?.ContentType };
        }

        return new Output { Value = value, Text = value, Kind = MediaKind.Text, ContentType = contentType };
    }

    private static Uri? Address(string value)
    {
        string text = value.StartsWith("//", StringComparison.Ordinal) ? "https:" + value : value;
        return (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
                ? uri
                : null;
    }

    /// <summary>Bytes from a data URI, or from bare Base64 if what it holds is of a known type: a word of text can be valid Base64 too.</summary>
    private static (byte[] Data, FileType? Type)? Bytes(string value)
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
