namespace AtlasCloud.Bench;

/// <summary>The table in a Markdown file, between two comments.</summary>
internal static class PerformanceTable
{
    internal const string Start = "<!-- bench: written by ./build.ps1 bench -->";
    internal const string End = "<!-- /bench -->";

    /// <summary>Replaces the table of a file.</summary>
    /// <exception cref="InvalidOperationException">The file does not have the two comments.</exception>
    internal static async Task ReplaceAsync(string file, string table)
    {
        string text = await File.ReadAllTextAsync(file).ConfigureAwait(false);
        await File.WriteAllTextAsync(file, Replace(text, table)).ConfigureAwait(false);
    }

    /// <summary>Returns a text with another table.</summary>
    /// <exception cref="InvalidOperationException">The text does not have the two comments.</exception>
    internal static string Replace(string text, string table)
    {
        int start = text.IndexOf(Start, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidOperationException($"The file has no lines '{Start}' and '{End}'.")
            : $"{text[..(start + Start.Length)]}\n\n{table.TrimEnd()}\n\n{text[end..]}";
    }
}
