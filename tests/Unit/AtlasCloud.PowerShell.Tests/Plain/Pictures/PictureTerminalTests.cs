using AtlasCloud.Pictures;
using AtlasCloud.PowerShell.Terminal;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class PictureTerminalTests
{
    private const string Kitty = "\u001b_Gi=31;OK\u001b\\\u001bP>|kitty(0.32)\u001b\\\u001b[6;20;9t\u001b[?62;c";

    [Theory]
    [InlineData(Kitty, PictureProtocol.Kitty)]
    [InlineData("_Gi=31;OK\\P>|ghostty 1.2[?62;22c", PictureProtocol.Kitty)]
    [InlineData("\u001bP>|WezTerm 20240203\u001b\\\u001b[?65;4;6;18;22c", PictureProtocol.ITerm2)]
    [InlineData("\u001bP>|iTerm2 3.5\u001b\\\u001b[?64;1;2;4c", PictureProtocol.ITerm2)]
    [InlineData("\u001b[6;16;8t\u001b[?62;4;22c", PictureProtocol.Sixel)]
    [InlineData("\u001b[?4;2c", PictureProtocol.Blocks)]
    [InlineData("\u001b[?1;42;14c", PictureProtocol.Blocks)]
    [InlineData("\u001b_Gi=31;ENOENT\u001b\\\u001b[?1;2c", PictureProtocol.Blocks)]
    [InlineData("", PictureProtocol.Blocks)]
    [InlineData("user typed this", PictureProtocol.Blocks)]
    public void Protocol_follows_from_the_answer_of_the_terminal(string answer, PictureProtocol expected)
    {
        FakePort port = new(answer);

        Assert.Equal(expected, Terminal(port).ChooseProtocol());
        Assert.Equal(PictureTerminal.AnswerLimit, port.Limit);
    }

    [Fact]
    public void Answer_is_complete_when_the_attributes_have_arrived()
    {
        Assert.True(TerminalAnswer.IsComplete(Kitty));
        Assert.False(TerminalAnswer.IsComplete(Kitty[..^1]));
    }

    [Theory]
    [InlineData("\u001b[6;20;9t\u001b[?62;4c", 9, 20)]
    [InlineData("\u001b[6;0;0t\u001b[?62;4c", 10, 20)]
    [InlineData("\u001b[6;9999;9999t\u001b[?62;4c", 10, 20)]
    [InlineData("\u001b[?62;4c", 10, 20)]
    public void Area_is_the_window_in_cells_of_the_terminal(string answer, int cellWidth, int cellHeight)
    {
        PictureTerminal terminal = Terminal(new FakePort(answer));

        Assert.Equal(new PictureArea(40, 8, cellWidth, cellHeight), terminal.GetArea(PictureProtocol.Sixel, null, null));
        Assert.Equal(new PictureArea(7, 3, cellWidth, cellHeight), terminal.GetArea(PictureProtocol.Sixel, 7, 3));
    }

    [Fact]
    public void Terminal_is_asked_once_and_not_for_blocks()
    {
        FakePort port = new(Kitty);
        PictureTerminal terminal = Terminal(port);

        terminal.GetArea(PictureProtocol.Blocks, null, null);
        Assert.Equal(0, port.Count);

        terminal.ChooseProtocol();
        terminal.GetArea(PictureProtocol.Kitty, null, null);
        Assert.Equal(1, port.Count);
    }

    [Theory]
    [InlineData(true, true, "xterm")]
    [InlineData(false, false, "xterm")]
    [InlineData(true, false, "dumb")]
    [InlineData(true, false, "linux")]
    public void Redirected_output_other_hosts_and_simple_terminals_are_never_asked(bool isConsole, bool isRedirected, string term)
    {
        FakePort port = new(Kitty);
        PictureTerminal terminal = new(new FakeHost(), port, name => name == "TERM" ? term : null, isConsole, isRedirected);

        Assert.Equal(PictureProtocol.Blocks, terminal.ChooseProtocol());
        terminal.GetArea(PictureProtocol.Sixel, null, null);
        Assert.Equal(0, port.Count);
        Assert.Equal(!isRedirected, terminal.CanShow);
    }

    [Theory]
    [InlineData(null, PictureProtocol.ITerm2)]
    [InlineData("/tmp/tmux-1000/default,1,0", PictureProtocol.Blocks)]
    public void Name_of_the_terminal_counts_unless_a_multiplexer_hides_it(string? multiplexer, PictureProtocol expected)
    {
        string? Variable(string name) => name switch { "TERM_PROGRAM" => "iTerm.app", "TMUX" => multiplexer, _ => null };

        Assert.Equal(expected, new PictureTerminal(new FakeHost(), new FakePort("\u001b[?1;2c"), Variable, isConsole: true, isRedirected: false).ChooseProtocol());
    }

    private static PictureTerminal Terminal(FakePort port) => new(new FakeHost(), port, _ => null, isConsole: true, isRedirected: false);

    private sealed class FakePort(string answer) : ITerminalPort
    {
        internal int Count { get; private set; }

        internal TimeSpan Limit { get; private set; }

        public string Ask(string question, Func<string, bool> isComplete, TimeSpan limit)
        {
            Count++;
            Limit = limit;
            return answer;
        }
    }
}
