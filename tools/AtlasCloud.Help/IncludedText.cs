using System.Text.RegularExpressions;

namespace AtlasCloud.Help;

/// <summary>
/// The text of a page after each line <c>[!INCLUDE [name](shared/file.md)]</c> has been replaced by that file, so that text which
/// several pages share is written once. It knows which file and line each of its lines came from.
/// </summary>
internal sealed partial class IncludedText
{
    private readonly List<string> _lines = [];
    private readonly List<(string File, int Line)> _origins = [];

    private IncludedText() { }

    /// <summary>The expanded text, with <c>\n</c> as the line ending.</summary>
    internal string Text => string.Join('\n', _lines);

    /// <summary>Expands the includes of a page.</summary>
    /// <exception cref="PageException">An include is malformed, or its file does not exist or includes another file.</exception>
    internal static IncludedText Read(string file, string text)
    {
        IncludedText page = new();
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        int number = 0;
        foreach (string line in Lines(text))
        {
            number++;
            if (!line.Contains("[!INCLUDE", StringComparison.Ordinal))
            {
                page.Add(line, file, number);
                continue;
            }

            Match include = Include().Match(line);
            string shared = Path.GetFullPath(include.Groups["path"].Value, folder);
            if (!include.Success || !File.Exists(shared))
            {
                throw new PageException(file, number, $"'{line.Trim()}' is not a valid include. Expected: [!INCLUDE [name](shared/file.md)], alone on its line, with a file that exists.");
            }

            page.AddShared(shared);
        }

        return page;
    }

    /// <summary>Runs a reader on the expanded text. An error that it throws gets the file and line where the text was written.</summary>
    /// <exception cref="PageException">The page is malformed.</exception>
    internal T Parse<T>(Func<string, T> read)
    {
        try
        {
            return read(Text);
        }
        catch (PageException error) when (error.Line <= _origins.Count)
        {
            (string file, int line) = _origins[error.Line - 1];
            throw new PageException(file, line, error.Message);
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private void AddShared(string file)
    {
        int number = 0;
        foreach (string line in Lines(File.ReadAllText(file).TrimEnd()))
        {
            number++;
            if (line.Contains("[!INCLUDE", StringComparison.Ordinal))
            {
                throw new PageException(file, number, "A shared file cannot include another file.");
            }

            Add(line, file, number);
        }
    }

    private void Add(string line, string file, int number)
    {
        _lines.Add(line);
        _origins.Add((file, number));
    }

    [GeneratedRegex(@"^\[!INCLUDE \[[^\]]+\]\((?<path>shared/[\w.-]+\.md)\)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Include();
}
