using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Gallery;

/// <summary>The items as the page reads them.</summary>
internal static class GalleryData
{
    // A text result is displayed up to this length. The file itself is linked.
    private const int MaxTextLength = 64 * 1024;
    private const int MaxValueLength = 4000;

    // This encoder escapes <, > and & and everything that is not ASCII, so that no text can end the script element or start a comment in it.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default };

    private static readonly string[] s_namedInputs = [MetadataFile.PromptName, "model", "seed"];

    /// <summary>Returns the items as JSON that is safe in a script element.</summary>
    internal static string Create(
        IReadOnlyList<GalleryItem> items, string folder, Func<GalleryItem, string, string?>? repeatCommand, CancellationToken cancellationToken)
    {
        Dictionary<string, string> posters = FindPosters(items);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            writer.WriteStartArray();
            foreach (GalleryItem item in items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteItem(writer, item, folder, posters, repeatCommand?.Invoke(item, folder));
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // A saved cover image or last frame of the same prediction.
    private static Dictionary<string, string> FindPosters(IReadOnlyList<GalleryItem> items) => items
        .Where(i => i.PredictionId is not null && GalleryElement.For(i) == GalleryElement.Image)
        .DistinctBy(i => i.PredictionId)
        .ToDictionary(i => i.PredictionId!, i => i.Path, StringComparer.Ordinal);

    private static void WriteItem(Utf8JsonWriter writer, GalleryItem item, string folder, Dictionary<string, string> posters, string? command)
    {
        string element = GalleryElement.For(item);
        writer.WriteStartObject();
        writer.WriteString("file", Path.GetFileName(item.Path));
        writer.WriteString("src", RelativeLink.Create(folder, item.Path));
        writer.WriteString("kind", element);
        if (element is GalleryElement.Video or GalleryElement.ThreeD && item.PredictionId is string id && posters.TryGetValue(id, out string? poster))
        {
            writer.WriteString("poster", RelativeLink.Create(folder, poster));
        }

        WriteText(writer, "id", item.PredictionId);
        WriteText(writer, "model", item.Model);
        WriteText(writer, "prompt", item.Prompt);
        WriteText(writer, "label", item.Label);
        WriteText(writer, "seed", item.Request?["seed"] is object seed ? Describe(seed) : null);
        WriteText(writer, "command", command);
        if (item.Price is decimal price)
        {
            writer.WriteNumber("price", price);
            writer.WriteString("currency", item.Currency);
        }

        if (item.CreatedAt is DateTimeOffset created)
        {
            writer.WriteString("created", created.UtcDateTime);
        }

        if (item.RunTime is TimeSpan time)
        {
            writer.WriteNumber("run", Math.Round(time.TotalSeconds, 3));
        }

        if (element == GalleryElement.Text)
        {
            WriteContent(writer, item.Path);
        }

        WriteInputs(writer, item.Request);
        writer.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter writer, IDictionary? request)
    {
        writer.WriteStartArray("inputs");
        foreach (DictionaryEntry input in request ?? new Hashtable())
        {
            string name = Convert.ToString(input.Key, CultureInfo.InvariantCulture)!;
            if (input.Value is not null && !s_namedInputs.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                writer.WriteStartArray();
                writer.WriteStringValue(SafeText.StripControlCharacters(name));
                writer.WriteStringValue(Describe(input.Value));
                writer.WriteEndArray();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter writer, string path)
    {
        try
        {
            using StreamReader reader = new(path);
            char[] text = new char[MaxTextLength];
            int length = reader.ReadBlock(text);
            writer.WriteString("text", SafeText.StripControlCharacters(new string(text, 0, length)));
            writer.WriteBoolean("cut", reader.Peek() >= 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"'{path}' cannot be read, so the gallery does not show its text: {exception.Message}");
            writer.WriteString("text", "");
            writer.WriteBoolean("cut", value: true);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is { Length: > 0 })
        {
            writer.WriteString(name, SafeText.Mask(SafeText.StripControlCharacters(text)));
        }
    }

    // A page is passed on: it contains no keys, no media bytes, and no query of an address, which can be a signature.
    private static string Describe(object value)
    {
        JsonNode? json = Clean(JsonValues.ToJson(value));
        string text = SafeText.Mask(json is JsonArray { Count: > 0 } list && list.All(IsText) ? string.Join("\n", list.Select(Write)) : Write(json));
        return SafeText.StripControlCharacters(text.Length > MaxValueLength ? text[..MaxValueLength] + "…" : text);
    }

    private static JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(WithoutQuery(text)),
        JsonArray list => new JsonArray([.. list.Select(Clean)]),
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Clean(m.Value)))),
        _ => node?.DeepClone(),
    };

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? _);

    private static string Write(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : JsonText.Write(node);

    private static string WithoutQuery(string text) =>
        text.Contains('?', StringComparison.Ordinal) && text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address.GetLeftPart(UriPartial.Path)
            : text;
}
