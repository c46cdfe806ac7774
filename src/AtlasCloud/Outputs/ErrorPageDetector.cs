using System.Text;
using System.Text.RegularExpressions;
using AtlasCloud.FileTypes;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>Recognizes what hosts send with HTTP 200 in place of a file: pages to sign in at, and errors as JSON, XML or a plain sentence.</summary>
internal static partial class ErrorPageDetector
{
    /// <summary>How many of the first bytes it wants to see.</summary>
    internal const int HeadLength = 512;

    /// <param name="head">The first bytes.</param>
    /// <param name="expected">What the output is called by the service or by its address; null where nothing names it.</param>
    /// <param name="labelled">What the host calls it.</param>
    /// <returns>What it is, for the end of a sentence; null where it may be the result.</returns>
    internal static string? Find(ReadOnlySpan<byte> head, FileType? expected, FileType? labelled)
    {
        if (FileSignature.Find(head) is not null)
        {
            return null;
        }

        if (FileSignature.IsHtml(head))
        {
            return labelled?.Extension == ".svg" ? null : "the host sent a web page in its place";
        }

        string text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        bool isJson = Json().IsMatch(text);
        bool isError = isJson
            ? expected is { Extension: not (".json" or ".gltf"), Kind: MediaKind.Image or MediaKind.Video or MediaKind.Audio or MediaKind.ThreeD or MediaKind.Archive }
                || JsonError().IsMatch(text)
            : text.StartsWith('<') ? XmlError().IsMatch(text)
            : IsSentence(head, text, expected);
        return isError ? $"the host sent a message in its place, '{SafeText.Sanitize(text, length: 150)}'" : null;
    }

    // A picture, video or sound of a few hundred bytes that are all of them letters does not exist.
    private static bool IsSentence(ReadOnlySpan<byte> head, string text, FileType? expected) =>
        expected?.Kind is MediaKind.Image or MediaKind.Video or MediaKind.Audio && head.Length is > 0 and < HeadLength
        && text.All(c => c is '\r' or '\n' or '\t' || !char.IsControl(c)) && !text.Contains('\uFFFD', StringComparison.Ordinal) && text.Contains(' ', StringComparison.Ordinal);

    /// <summary>Whether the body of a refusal says that an address was signed for a time which is over.</summary>
    internal static bool SaysExpired(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body).Contains("expired", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\{\s*(""|\})", RegexOptions.CultureInvariant)]
    private static partial Regex Json();

    // Of a file of which nothing is known, only what is plainly an error is refused.
    [GeneratedRegex(@"^\{\s*(""error""\s*:\s*[{""]|""type""\s*:\s*""error""|""code""\s*:\s*""?[45]\d\d\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex JsonError();

    [GeneratedRegex(@"^(<\?xml[^>]*>\s*)?<Error[\s>]", RegexOptions.CultureInvariant)]
    private static partial Regex XmlError();
}
