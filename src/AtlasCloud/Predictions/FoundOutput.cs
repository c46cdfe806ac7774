using System.Text;
using System.Text.RegularExpressions;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Predictions;

/// <summary>A text in a response that can be an output.</summary>
/// <param name="Value">The text: an address, content, or the result itself.</param>
/// <param name="Name">The member that contains it; null for an item of a list.</param>
/// <param name="ContentType">The content type that the response names; null if it names none.</param>
/// <param name="TypeName">The type that the response names, such as glb; null if it names none.</param>
internal sealed partial record FoundOutput(string Value, string? Name, string? ContentType, string? TypeName)
{
    // The shortest Base64 text that is decoded. Words can be valid Base64 too.
    private const int MinBase64Length = 24;

    private static readonly string[] s_previewNames = ["thumb", "preview", "cover", "poster"];

    /// <summary>Whether the member's name says that the output is a preview.</summary>
    internal bool IsPreview => Name is not null && IsPreviewName(Name);

    /// <summary>Whether the value is an address that can be downloaded, or content.</summary>
    internal bool IsAddressOrContent => ParseAddress(Value) is not null || ParseBytes(Value) is not null;

    /// <summary>Whether the value refers to content that is elsewhere or damaged, so that the text itself is not a result.</summary>
    internal bool LooksLikeReference => Value.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || OtherScheme().IsMatch(Value);

    internal static bool IsPreviewName(string name) => s_previewNames.Any(p => name.Contains(p, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the output, without its position.</summary>
    internal Output ToOutput()
    {
        FileType? named = FileType.FromContentType(ContentType) ?? FileType.FromExtension("." + TypeName);
        if (ParseAddress(Value) is Uri uri)
        {
            FileType? type = named ?? FileType.FromAddress(uri);
            return new Output { Value = Value, Uri = uri, Kind = type?.Kind ?? MediaKind.Unknown, ContentType = ContentType };
        }

        if (ParseBytes(Value) is (byte[] data, var found))
        {
            return new Output { Value = Value, Data = data, Kind = (found ?? named)?.Kind ?? MediaKind.Unknown, ContentType = ContentType ?? found?.ContentType };
        }

        return new Output { Value = Value, Text = Value, Kind = MediaKind.Text, ContentType = ContentType };
    }

    private static Uri? ParseAddress(string value)
    {
        string text = value.Trim();
        text = text.StartsWith("//", StringComparison.Ordinal) ? "https:" + text : text;
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
            return comma > 0 && DecodeDataUri(value, comma) is { Length: > 0 } content
                ? (content, FileSignature.Find(content) ?? FileType.FromContentType(value[5..comma].Split(';')[0]))
                : null;
        }

        return value.Length >= MinBase64Length && Decode(value) is byte[] bare && FileSignature.Find(bare) is FileType type ? (bare, type) : null;
    }

    private static byte[]? DecodeDataUri(string value, int comma) => value[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
        ? Decode(value[(comma + 1)..])
        : Encoding.UTF8.GetBytes(Uri.UnescapeDataString(value[(comma + 1)..]));

    private static byte[]? Decode(string text)
    {
        byte[] buffer = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, buffer, out int count) ? buffer[..count] : null;
    }

    [GeneratedRegex(@"^\s*[a-zA-Z][a-zA-Z0-9+.\-]*://\S+\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherScheme();
}
