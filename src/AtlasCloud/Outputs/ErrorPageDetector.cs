using System.Text;
using System.Text.RegularExpressions;
using AtlasCloud.FileTypes;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>Detects what hosts send with HTTP 200 instead of a file: sign-in pages, and errors as JSON, XML or plain text.</summary>
internal static partial class ErrorPageDetector
{
    /// <summary>The number of bytes at the start of the file to examine.</summary>
    internal const int HeadLength = 512;

    /// <summary>Examines the start of a file.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="expected">The type according to the service or the address; null if unknown.</param>
    /// <param name="labelled">The type according to the Content-Type header; null if unknown.</param>
    /// <returns>The problem, as the end of a sentence; null if the content can be a result.</returns>
    internal static string? Find(ReadOnlySpan<byte> head, FileType? expected, FileType? labelled)
    {
        if (FileSignature.Find(head) is not null)
        {
            return null;
        }

        if (FileSignature.IsHtml(head))
        {
            return labelled?.Extension == ".svg" ? null : "the host sent a web page instead";
        }

        string text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        bool isJson = Json().IsMatch(text);
        bool isError = isJson
            ? expected is { Extension: not (".json" or ".gltf"), Kind: MediaKind.Image or MediaKind.Video or MediaKind.Audio or MediaKind.ThreeD or MediaKind.Archive }
                || JsonError().IsMatch(text)
            : text.StartsWith('<') ? XmlError().IsMatch(text)
            : IsSentence(head, text, expected);
        return isError ? $"the host sent a message instead, '{SafeText.Sanitize(text, length: 150)}'" : null;
    }

    // No image, video or audio file consists of a few hundred bytes of text.
    private static bool IsSentence(ReadOnlySpan<byte> head, string text, FileType? expected) =>
        expected?.Kind is MediaKind.Image or MediaKind.Video or MediaKind.Audio && head.Length is > 0 and < HeadLength
        && text.All(c => c is '\r' or '\n' or '\t' || !char.IsControl(c)) && !text.Contains('\uFFFD', StringComparison.Ordinal) && text.Contains(' ', StringComparison.Ordinal);

    /// <summary>Whether the body of an error response reports that a signed address has expired.</summary>
    internal static bool ReportsExpiry(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body).Contains("expired", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\{\s*(""|\})", RegexOptions.CultureInvariant)]
    private static partial Regex Json();

    // If the expected type is unknown, only JSON with the members of an error is rejected.
    [GeneratedRegex(@"^\{\s*(""error""\s*:\s*[{""]|""type""\s*:\s*""error""|""code""\s*:\s*""?[45]\d\d\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex JsonError();

    [GeneratedRegex(@"^(<\?xml[^>]*>\s*)?<Error[\s>]", RegexOptions.CultureInvariant)]
    private static partial Regex XmlError();
}
