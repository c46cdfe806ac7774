using AtlasCloud.FileTypes;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>
/// Decides by the first bytes of a file whether it can be the result: only what has the signature of a known type, or is text where a text can be the
/// result. Hosts send sign-in pages and messages with HTTP 200, and label them as pictures.
/// </summary>
internal static class ContentInspector
{
    /// <summary>The number of bytes at the start of the file to examine.</summary>
    internal const int HeadLength = 1024;

    // Their files have no signature.
    private static readonly string[] s_unsigned = [".pcm", ".stl", ".splat", ".spz"];

    /// <summary>Examines the start of a file.</summary>
    internal static ContentVerdict Inspect(ReadOnlySpan<byte> head, ExpectedContent expected)
    {
        if (FileSignature.Find(head) is FileType found)
        {
            return Recognize(found, expected);
        }

        if (ContentText.TryRead(head) is ContentText text)
        {
            return InspectText(text, expected);
        }

        FileType? stated = expected.Labelled ?? expected.Named;
        if (head.Length == 0 || expected.Kinds.Count == 0)
        {
            return new ContentVerdict(stated ?? FileType.Binary);
        }

        FileType? unsigned = new[] { expected.Named, expected.Labelled }.FirstOrDefault(t => s_unsigned.Contains(t?.Extension));
        if (unsigned is not null)
        {
            return new ContentVerdict(unsigned);
        }

        return head.IndexOfAnyExcept(head[0]) < 0
            ? new ContentVerdict(FileType.Binary) { Problem = $"the host sent no content, only bytes of the value {head[0]}" }
            : new ContentVerdict(FileType.Binary) { Expected = Describe(expected), IsRecognized = false };
    }

    // The content decides. Only a format that several types share is decided by what the service or the host says.
    private static ContentVerdict Recognize(FileType found, ExpectedContent expected)
    {
        FileType type = found.Extension switch
        {
            // A USDZ or 3MF file has the signature of a ZIP file.
            ".zip" when expected.Named is { Kind: MediaKind.ThreeD } => expected.Named,

            // The same container holds sound without pictures.
            ".mp4" when (expected.Named ?? expected.Labelled) is { Kind: MediaKind.Audio } => FileType.ForExtension(".m4a"),
            _ => found,
        };
        bool isExpected = expected.Allows(type.Kind) || (type.Extension is ".webm" or ".mkv" or ".ogg" && expected.Allows(MediaKind.Audio));
        return new ContentVerdict(type) { Expected = isExpected ? null : Describe(expected) };
    }

    private static ContentVerdict InspectText(ContentText text, ExpectedContent expected)
    {
        FileType? type = text.IsPage || text.IsError ? null
            : text.IsSvg || (text.IsMarkup && expected.Names(".svg")) ? (expected.Allows(MediaKind.Image) ? FileType.ForExtension(".svg") : null)
            : expected.Kinds.Count == 0 ? expected.Labelled ?? expected.Named ?? FileType.Binary
            : expected.Kinds.Contains(MediaKind.Text) ? FindTextType(text, expected)
            : expected.Kinds.Contains(MediaKind.ThreeD) ? text.FindMeshType(expected)
            : null;
        return type is not null ? new ContentVerdict(type) : new ContentVerdict(FileType.Binary)
        {
            Problem = text.IsPage ? "the host sent a web page instead" : $"the host sent a message instead, '{SafeText.Sanitize(text.Content, length: 150)}'",
        };
    }

    private static FileType FindTextType(ContentText text, ExpectedContent expected) =>
        expected.Named is { Kind: MediaKind.Text } named ? named
        : expected.Labelled is { Kind: MediaKind.Text } labelled ? labelled
        : FileType.ForExtension(text.IsJson ? ".json" : ".txt");

    private static string Describe(ExpectedContent expected) => string.Join(" or ", expected.Kinds.Select(k => k switch
    {
        MediaKind.Image => "an image",
        MediaKind.Video => "a video",
        MediaKind.Audio => "audio",
        MediaKind.ThreeD => "a 3D model",
        MediaKind.Archive => "an archive",
        _ => "text",
    }));
}
