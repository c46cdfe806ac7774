using System.Management.Automation.Host;
using AtlasCloud.Pictures;

namespace AtlasCloud.PowerShell.Terminal;

/// <summary>The terminal that pictures are shown in: its capabilities, its size and its output.</summary>
internal sealed class PictureTerminal
{
    /// <summary>How long to wait for an answer of the terminal. Over a remote connection, an answer can take 300 ms.</summary>
    internal static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(500);

    private const int DefaultColumns = 80;
    private const int DefaultRows = 24;

    // A row for the prompt, so that the top of the picture stays visible.
    private const int PromptRows = 2;

    private readonly PSHost _host;
    private readonly bool _isConsole;
    private readonly ITerminalPort _port;
    private readonly Func<string, string?> _getVariable;
    private TerminalAnswer? _answer;

    internal PictureTerminal(PSHost host, TimeProvider clock, CancellationToken stopping)
        : this(
            host,
            OperatingSystem.IsWindows() ? new ConsolePort(clock, stopping) : new UnixPort(clock),
            Environment.GetEnvironmentVariable,
            isConsole: host.Name == "ConsoleHost",
            isRedirected: host.Name == "ConsoleHost" && (Console.IsInputRedirected || Console.IsOutputRedirected))
    {
    }

    internal PictureTerminal(PSHost host, ITerminalPort port, Func<string, string?> getVariable, bool isConsole, bool isRedirected)
    {
        (_host, _port, _getVariable, _isConsole) = (host, port, getVariable, isConsole);
        CanShow = !isRedirected && host.UI is { SupportsVirtualTerminal: true };
        CanAsk = CanShow && isConsole;
    }

    /// <summary>Whether pictures can be shown. Otherwise, escape sequences would end up in a file or a log.</summary>
    internal bool CanShow { get; }

    /// <summary>Whether the terminal may be asked: nothing is redirected, and its answer arrives here.</summary>
    internal bool CanAsk { get; }

    /// <summary>Returns the best protocol of the terminal.</summary>
    internal PictureProtocol ChooseProtocol()
    {
        TerminalAnswer answer = GetAnswer();
        return answer.HasKittyGraphics ? PictureProtocol.Kitty
            : answer.HasInlineImages || IsInlineImageTerminal() ? PictureProtocol.ITerm2
            : answer.HasSixels ? PictureProtocol.Sixel
            : PictureProtocol.Blocks;
    }

    /// <summary>Returns the area for a picture: the window, or the size that was specified.</summary>
    internal PictureArea GetArea(PictureProtocol protocol, int? width, int? height)
    {
        (int columns, int rows) = GetWindow();
        (int Width, int Height)? cell = protocol == PictureProtocol.Blocks ? null : GetAnswer().CellSize;
        PictureArea area = new(width ?? columns, height ?? Math.Max(1, rows - PromptRows));
        return cell is (int cellWidth, int cellHeight) ? area with { CellWidth = cellWidth, CellHeight = cellHeight } : area;
    }

    /// <summary>Writes text with escape sequences.</summary>
    internal void Write(string text)
    {
        if (!_isConsole)
        {
            _host.UI?.Write(text);
            return;
        }

        // Not through the host, which would add the text to transcripts and remove sequences from it.
        Console.Out.Write(text);
        Console.Out.Flush();
    }

    private TerminalAnswer GetAnswer() => _answer ??= CanAsk && !IsDumb()
        ? TerminalAnswer.Parse(_port.Ask(TerminalAnswer.Question, TerminalAnswer.IsComplete, AnswerLimit))
        : new TerminalAnswer(HasKittyGraphics: false, HasInlineImages: false, HasSixels: false, CellSize: null);

    private bool IsDumb() => _getVariable("TERM") is "dumb" or "linux";

    // Older versions do not answer with their name. A multiplexer inherits the variables of the terminal, and does not pass images on.
    private bool IsInlineImageTerminal() =>
        CanAsk && _getVariable("TMUX") is null && _getVariable("STY") is null && _getVariable("TERM_PROGRAM") is "iTerm.app" or "WezTerm";

    private (int Columns, int Rows) GetWindow()
    {
        try
        {
            return _host.UI?.RawUI?.WindowSize is Size { Width: > 0, Height: > 0 } size ? (size.Width, size.Height) : (DefaultColumns, DefaultRows);
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NotImplementedException or NotSupportedException or IOException)
        {
            // The host has no window.
            return (DefaultColumns, DefaultRows);
        }
    }
}
