namespace AtlasCloud.PowerShell.Tests;

/// <summary>Texts that a service could send to have them run at the prompt: quotes of all kinds, expressions, separators, characters that cannot be seen.</summary>
internal static class HostileText
{
    private const int Seed = 20260826;

    private static readonly string[] s_pieces =
    [
        "'", "''", "\"", "`", "``", "\u2018", "\u2019", "\u201A", "\u201B", "\u201C", "\u201D", "\u201E", "$(Set-Canary)", "(Set-Canary)", "@(Set-Canary)",
        "&{Set-Canary}", ";Set-Canary", ";Set-Canary;'", "|Set-Canary", "||Set-Canary", "&&Set-Canary", "\nSet-Canary\n", "\r", "\u0085Set-Canary", "\u2028", "`n",
        "#", " #", "<#", "#>", "@'", "'@", "@\"", "--%", "--", "-Model", "-", "+", "\u2013", "\u2014", "\u2015", "{", "}", "(", ")", "[", "]", ",", ">canary", "2>&1", " &", "=", "==",
        "$true", "$null", "$env:ATLASCLOUD_API_KEY", "${x}", "@x", "$x", "%", "?", "*", ":", "::", "/", "\\", ".", "..", "~", "!", "^", "1", "1d", "1kb", "0x10", "1e5", "-1", "1.0", "007", "NaN",
        "true", "if", "function", "param", "using module canary", "configuration", " ", "\t", "\u00A0", "\u200B", "\u202E", "\uFEFF", "\u001B[2J", "\0", "\u0007", "\U0001F600", "\u05D0", "a", "b-c",
        "model/name", "720p", "Set-Canary",
    ];

    /// <summary>The text of a number: the pieces themselves first, then random combinations, the same in each run.</summary>
    internal static string Create(int number)
    {
        if (number < s_pieces.Length)
        {
            return s_pieces[number];
        }

        Random random = new(Seed + number);
        return string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
    }
}
