namespace AtlasCloud.Help;

/// <summary>An error in a page, with its location.</summary>
internal sealed class PageException(string file, int line, string message) : Exception(message)
{
    /// <summary>The path of the page.</summary>
    internal string File { get; } = file;

    /// <summary>The line number, starting at 1.</summary>
    internal int Line { get; } = line;
}
