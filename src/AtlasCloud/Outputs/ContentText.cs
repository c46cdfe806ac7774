using System.Text;
using System.Text.RegularExpressions;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Outputs;

/// <summary>The start of a file that consists of text.</summary>
internal sealed partial class ContentText
{
    private readonly string _body;

    private ContentText(string content)
    {
        Content = content;
        _body = Prologue().Replace(content, "");
    }

    /// <summary>The text, without white space and byte order mark at its start.</summary>
    internal string Content { get; }

    /// <summary>Whether it is markup of any kind.</summary>
    internal bool IsMarkup => Content.StartsWith('<');

    /// <summary>Whether it is an SVG image.</summary>
    internal bool IsSvg => SvgStart().IsMatch(_body);

    /// <summary>Whether it is a page for browsers, or a part of one.</summary>
    internal bool IsPage => PageStart().IsMatch(_body);

    /// <summary>Whether it is JSON.</summary>
    internal bool IsJson => Json().IsMatch(_body);

    /// <summary>Whether it has the form of an error response, which is not a result of any kind.</summary>
    internal bool IsError => JsonError().IsMatch(_body) || XmlError().IsMatch(_body);

    /// <summary>Reads the start of a file; null if it is empty or not text.</summary>
    internal static ContentText? TryRead(ReadOnlySpan<byte> head)
    {
        Encoding encoding = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
            : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode
            : Encoding.UTF8;
        string text = encoding.GetString(head);

        // Other encodings of one byte per character have bytes that are not valid UTF-8, but no control characters either.
        bool isText = text.All(c => c is '\r' or '\n' or '\t' or '\f' || !char.IsControl(c)) && text.Count(c => c == '\uFFFD') <= text.Length / 4;
        return isText && text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t', '\f') is { Length: > 0 } content ? new ContentText(content) : null;
    }

    /// <summary>The type of a 3D model or material in text form; null if it is neither.</summary>
    internal FileType? FindMeshType(ExpectedContent expected) =>
        _body.StartsWith("solid", StringComparison.Ordinal) && (expected.Names(".stl") || Facet().IsMatch(_body)) ? FileType.ForExtension(".stl")
        : _body.StartsWith("; FBX", StringComparison.Ordinal) ? FileType.ForExtension(".fbx")
        : Material().IsMatch(_body) ? FileType.ForExtension(".mtl")
        : Mesh().IsMatch(_body) || (_body.StartsWith('#') && expected.Names(".obj")) ? FileType.ForExtension(".obj")
        : _body.StartsWith('#') && expected.Names(".mtl") ? FileType.ForExtension(".mtl")
        : _body.StartsWith('{') && (Asset().IsMatch(_body) || expected.Names(".gltf")) ? FileType.ForExtension(".gltf")
        : null;

    // What can come before the first element: declarations, processing instructions and comments.
    [GeneratedRegex(@"^(\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Prologue();

    [GeneratedRegex(@"^(<!DOCTYPE\s+svg[^>]*>\s*)?<([a-z]+:)?svg[\s>/]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SvgStart();

    [GeneratedRegex(@"^<(!doctype\s+html|(html|head|body|title|meta|link|script|style|h[1-6]|p|div|span|center|br|hr|a|b|pre|table|ul|img|form|iframe)[\s>/])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PageStart();

    [GeneratedRegex(@"^(\{\s*(""|\})|\[\s*[\[\]{""\d\-tfn])", RegexOptions.CultureInvariant)]
    private static partial Regex Json();

    // If the expected type is unknown, only JSON with the members of an error is rejected.
    [GeneratedRegex(@"^\{\s*(""error""\s*:\s*[{""]|""type""\s*:\s*""error""|""code""\s*:\s*""?[45]\d\d\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex JsonError();

    [GeneratedRegex(@"^<Error[\s>]", RegexOptions.CultureInvariant)]
    private static partial Regex XmlError();

    [GeneratedRegex(@"^solid[^\n]*\n\s*(facet|endsolid)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Facet();

    [GeneratedRegex(@"^(#[^\n]*\n\s*)*newmtl\s", RegexOptions.CultureInvariant)]
    private static partial Regex Material();

    [GeneratedRegex(@"^(#[^\n]*\n\s*)*((v|vn|vt|vp)\s+-?[\d.]|(mtllib|usemtl|o|g)\s+\S+[^\n]*\n\s*(#|v|vn|vt|mtllib|usemtl|o|g|s)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Mesh();

    [GeneratedRegex(@"""(asset|scenes|nodes|meshes|accessors|buffers)""\s*:\s*[{\[]", RegexOptions.CultureInvariant)]
    private static partial Regex Asset();
}
