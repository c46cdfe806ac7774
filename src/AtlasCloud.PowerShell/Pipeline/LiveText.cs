using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Shows the words of an answer on the host as they come. What could move the cursor is left out.</summary>
internal sealed class LiveText(PSHostUserInterface? screen)
{
    private bool _isThinking;
    private bool _hasWritten;

    internal void Write(ChatChunk chunk)
    {
        if (chunk.Reasoning is { Length: > 0 } thought)
        {
            _isThinking = true;
            _hasWritten = true;
            screen?.Write(ConsoleColor.DarkGray, Background, Clean(thought));
        }

        if (chunk.Text.Length > 0)
        {
            if (_isThinking)
            {
                screen?.WriteLine();
                _isThinking = false;
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

    private static string Clean(string text) =>
        string.Concat(text.Where(c => c is '\n' or '\t' || !TerminalText.IsUnprintable(c)));
}
