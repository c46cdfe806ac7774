using System.Globalization;
using System.Text;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>Reads names, numbers and blanks that users write, in the same way in every culture.</summary>
public static class InputText
{
    // These are letters and symbols to Unicode, but show nothing.
    private const string BlankLetters = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>Returns a name without the separators between its words: <c>Guidance Scale</c> and <c>guidance_scale</c> give the same.</summary>
    /// <param name="name">The name of an input, a parameter or a column.</param>
    /// <returns>Its letters and digits in upper case; empty if it has none.</returns>
    public static string NormalizeName(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Returns whether a text shows nothing: it is null, empty, or consists of white space and of invisible characters.</summary>
    /// <param name="text">The text.</param>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(ShowsNothing);

    /// <summary>
    /// Reads a number with a decimal point and without group separators, in every culture: <c>1.5</c>, <c>-2</c>, <c>1e3</c>. <c>1,5</c> is not a number.
    /// </summary>
    /// <param name="text">The text; white space around the number is ignored.</param>
    /// <param name="number">The number.</param>
    /// <returns>False if the text is not a number, or one that a decimal can only represent as zero.</returns>
    public static bool TryReadNumber(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && (number != 0 || IsZero(text!));

    /// <summary>Returns the candidate that is most similar to a name; null if none is similar.</summary>
    /// <param name="name">The name.</param>
    /// <param name="candidates">The known names, such as model IDs.</param>
    public static string? FindNearest(string name, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates];
        return NameSuggester.FindTypo(name, known) ?? NameSuggester.FindSimilar(name, known.Select(k => (k, (string?)null))).FirstOrDefault();
    }

    private static bool IsZero(string text) => !text.TakeWhile(c => c is not ('e' or 'E')).Any(c => c is >= '1' and <= '9');

    private static bool ShowsNothing(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || (rune.IsBmp && BlankLetters.Contains((char)rune.Value, StringComparison.Ordinal));
}
