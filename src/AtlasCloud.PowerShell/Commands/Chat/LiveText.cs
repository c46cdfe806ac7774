using System.Globalization;
using System.Management.Automation.Host;
using System.Text;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Shows an answer on the host as it arrives, without characters that could move the cursor: the reasoning, the text, and a line for each tool.</summary>
internal sealed class LiveText(PSHostUserInterface? screen)
{
    private const int MaxShownLength = 60;

    private readonly StringBuilder _text = new();
    private bool _isReasoning;
    private bool _isInLine;

    /// <summary>The text that was shown.</summary>
    internal string Text => _text.ToString();

    /// <summary>Shows all chunks and returns the reply.</summary>
    internal ChatReply Show(IEnumerable<ChatChunk> chunks)
    {
        ChatReply? reply = null;
        foreach (ChatChunk chunk in chunks)
        {
            Write(chunk);
            reply = chunk.Reply ?? reply;
        }

        EndLine();
        return reply!;
    }

    /// <summary>Ends a line that was begun.</summary>
    internal void EndLine()
    {
        if (_isInLine)
        {
            screen?.WriteLine();
            _isInLine = false;
        }
    }

    private void Write(ChatChunk chunk)
    {
        if (chunk.Reasoning is { Length: > 0 } reasoning)
        {
            _isReasoning = true;
            _isInLine = true;
            screen?.Write(ConsoleColor.DarkGray, Background, Clean(reasoning));
        }

        if (chunk.Text.Length > 0)
        {
            if (_isReasoning)
            {
                EndLine();
                _isReasoning = false;
            }

            _isInLine = true;
            _text.Append(chunk.Text);
            screen?.Write(Clean(chunk.Text));
        }

        if (chunk.ToolRun is ChatToolCall run)
        {
            EndLine();
            _isReasoning = false;
            screen?.WriteLine(ConsoleColor.DarkGray, Background, Describe(run));
        }
    }

    private static string Describe(ChatToolCall run) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{TerminalText.ToSingleLine(run.ToString(), MaxShownLength)} {(run.IsError ? "failed" : "returned")} {Shorten(run.Result)} in {run.Duration?.TotalSeconds ?? 0:0.0} s]");

    private static string Shorten(string? result) => TerminalText.ToSingleLine(result ?? "", MaxShownLength) is { Length: > 0 } text ? text : "nothing";

    private ConsoleColor Background => screen?.RawUI?.BackgroundColor is ConsoleColor color and >= 0 ? color : ConsoleColor.Black;

    private static string Clean(string text) => string.Concat(text.Where(c => c is '\n' or '\t' || !TerminalText.IsUnprintable(c)));
}
