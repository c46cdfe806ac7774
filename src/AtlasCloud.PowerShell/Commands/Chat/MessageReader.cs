using System.Text;
using AtlasCloud.PowerShell.LineEditing;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Reads messages that may have several lines: pasted ones, lines that end with a backtick, and lines between fences.</summary>
internal sealed class MessageReader(ILineReader reader)
{
    internal const string Fence = "\"\"\"";

    private const string Continuation = "... ";

    /// <summary>Returns the next message without surrounding white space; null at the end of the input.</summary>
    internal string? Read(string prompt)
    {
        string? line = reader.ReadLine(prompt);
        if (line is null)
        {
            return null;
        }

        string[] lines = line.Trim().Split('\n');
        if (lines[0].TrimEnd() == Fence)
        {
            return ReadUntilFence(lines[1..]);
        }

        StringBuilder text = new();
        while (line is not null && line.EndsWith('`'))
        {
            text.Append(line, 0, line.Length - 1).Append('\n');
            line = reader.ReadLine(Continuation);
        }

        return text.Append(line).ToString().Trim();
    }

    // A paste can contain the end fence too.
    private string ReadUntilFence(IEnumerable<string> first)
    {
        List<string> lines = [.. first];
        while ((lines.Count == 0 || lines[^1].Trim() != Fence) && reader.ReadLine(Continuation) is string line)
        {
            lines.AddRange(line.Split('\n'));
        }

        return string.Join('\n', lines.Count > 0 && lines[^1].Trim() == Fence ? lines[..^1] : lines).Trim();
    }
}
