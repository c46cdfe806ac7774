using System.Management.Automation.Host;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Shows the text of an answer on the host as it arrives, without characters that could move the cursor.</summary>
internal sealed class LiveText(PSHostUserInterface? screen)
{
    private bool _isReasoning;
    private bool _hasWritten;

    internal void Write(ChatChunk chunk)
    {
        if (chunk.Reasoning is { Length: > 0 } reasoning)
        {
            _isReasoning = true;
            _hasWritten = true;
            screen?.Write(ConsoleColor.DarkGray, Background, Clean(reasoning));
        }

        if (chunk.Text.Length > 0)
        {
            if (_isReasoning)
            {
                screen?.WriteLine();
                _isReasoning = false;
            }

            _hasWritten = true;
            screen?.Write(Clean(chunk.Text));
        }
    }

    internal void End()
    {
        if (_hasWritten)
        {
            screen?.WriteLine();
        }
    }

    private ConsoleColor Background => screen?.RawUI?.BackgroundColor is ConsoleColor color and >= 0 ? color : ConsoleColor.Black;

    private static string Clean(string text) => string.Concat(text.Where(c => c is '\n' or '\t' || !TerminalText.IsUnprintable(c)));
}
