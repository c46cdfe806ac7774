using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Parameters;

/// <summary>A word as it has to stand on a command line.</summary>
internal static class CompletionWord
{
    /// <summary>In quotes where the shell would read it as something else.</summary>
    internal static string Quote(string word) =>
        word is "$true" or "$false" || (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or ':' or '*' or '+') && word[0] is not '-')
        || decimal.TryParse(word, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? word
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";
}
