namespace AtlasCloud.Help;

/// <summary>What is wrong with a page, and where.</summary>
internal sealed class PageException(string file, int line, string message) : Exception(message)
{
    /// <summary>The path of the page.</summary>
    internal string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    internal int Line { get; } = line;
}
