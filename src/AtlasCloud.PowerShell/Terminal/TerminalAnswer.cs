using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.PowerShell.Terminal;

/// <summary>What a terminal answered about itself.</summary>
/// <param name="HasKittyGraphics">Whether it has the graphics protocol of Kitty.</param>
/// <param name="HasInlineImages">Whether it is iTerm2 or WezTerm, which have inline images.</param>
/// <param name="HasSixels">Whether it has sixels.</param>
/// <param name="CellSize">The size of a cell in pixels; null if it did not say.</param>
internal sealed partial record TerminalAnswer(bool HasKittyGraphics, bool HasInlineImages, bool HasSixels, (int Width, int Height)? CellSize)
{
    /// <summary>A query of Kitty's protocol, the name of the terminal, the size of a cell, and its attributes. All terminals answer the last one.</summary>
    internal const string Question = "\u001b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\\u001b[>q\u001b[16t\u001b[c";

    private const int MaxCellSize = 200;

    /// <summary>Whether the last answer has arrived.</summary>
    internal static bool IsComplete(string text) => Attributes().IsMatch(text);

    /// <summary>Reads the answers. Escape characters can be missing, since a console takes them for keys.</summary>
    internal static TerminalAnswer Parse(string text)
    {
        Match cell = Cell().Match(text);
        (int, int)? size = cell.Success && Number(cell.Groups[2]) is int width && Number(cell.Groups[1]) is int height ? (width, height) : null;
        return new TerminalAnswer(
            text.Contains("_Gi=31;OK", StringComparison.Ordinal),
            Name().IsMatch(text),
            Attributes().Match(text).Groups[1].Value.Split(';').Skip(1).Contains("4"),
            size);
    }

    private static int? Number(Group digits) => int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= MaxCellSize ? value : null;

    [GeneratedRegex(@"\[\?([0-9;]+)c", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\[6;([0-9]{1,4});([0-9]{1,4})t", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex(@"P>\|(iTerm2|WezTerm)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
