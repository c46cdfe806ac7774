using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>The interactive chat with a terminal. Whether keys are a paste depends on the time between them, by a clock of the test.</summary>
public sealed class InteractiveChatTests : IDisposable
{
    private const string Model = "deepseek-ai/deepseek-v3.2";
    private const string StalledAnswer = """{"rules":[{"method":"POST","path":"*/chat/completions","times":1,"fault":"stall","events":5}]}""";

    private readonly FakeHost _host = new();
    private ModuleShell? _shell;

    public void Dispose() => _shell?.Dispose();

    [Fact]
    public void Paste_of_several_lines_is_one_message() => Assert.Equal(["one\n\ttwo \"three\n\nfour"], Chat("one\n\ttwo \"three\n\nfour", "{Enter}"));

    [Fact]
    public void Paste_with_a_line_feed_at_the_end_is_one_message() => Assert.Equal(["one\ntwo"], Chat("one\ntwo\n"));

    [Fact]
    public void Paste_that_begins_with_a_slash_is_a_message() => Assert.Equal(["/help\nme", "/var/log/x: what is it?"], Chat("/help\nme", "{Enter}", "/var/log/x: what is it?\n"));

    [Fact]
    public void Lines_between_fences_are_one_message() => Assert.Equal(["a\nb", "c", "\"\"\"d\"\"\" is what?"], Chat("\"\"\"\n", "a\n", "b\n", "\"\"\"\n", "\"\"\"\nc\n\"\"\"", "{Enter}", "\"\"\"d\"\"\" is what?\n"));

    [Fact]
    public void Alt_Enter_and_a_backtick_continue_the_message() => Assert.Equal(["a\nb", "c\nd"], Chat("a{Alt+Enter}", "b\n", "c`\n", "d\n"));

    [Fact]
    public void Up_shows_earlier_messages() => Assert.Equal(["first", "second", "first!", "first!"], Chat("first\n", "second\n", "{Up}{Up}", "!\n", "draft", "{Up}{Down}{Down}{Ctrl+U}", "{Up}\n"));

    [Fact]
    public void Up_shows_the_messages_of_the_continued_conversation()
    {
        Assert.Equal(["earlier", "earlier"], ChatWith($"Invoke-AtlasChat earlier -Model {Model} | Enter-AtlasChat", null, "{Up}\n"));
    }

    [Theory]
    [InlineData("ac{Left}b\n", "abc")]
    [InlineData("bc{Home}a{End}d\n", "abcd")]
    [InlineData("bc{Ctrl+A}a{Ctrl+E}d\n", "abcd")]
    [InlineData("abx{Backspace}c\n", "abc")]
    [InlineData("xabc{Home}{Delete}\n", "abc")]
    [InlineData("one two{Ctrl+W}three\n", "one three")]
    [InlineData("one two{Ctrl+Left}big {End}!\n", "one big two!")]
    [InlineData("wrong{Escape}", "right", "right")]
    [InlineData("wrong{Ctrl+C}", "right", "right")]
    [InlineData("ab😀{Backspace}c\n", "abc")]
    [InlineData("don't\n", "don't")]
    [InlineData("a very long entry that needs more than one row of forty columns{Ctrl+A}{Ctrl+Right}{Ctrl+K}one\n", "a one")]
    public void Keys_edit_the_message(string first, string second, string? expected = null)
    {
        string[] keys = expected is null ? [first] : [first, second + "\n"];
        Assert.Equal([expected ?? second], Chat(keys));
    }

    [Fact]
    public void Control_C_ends_the_answer_and_not_the_chat()
    {
        Assert.Equal(["a b c d e f g h", "still here?"], ChatOver(StalledAnswer, "a b c d e f g h\n", "wait:You said", "{Ctrl+C}", "still here?\n"));
        Assert.Contains("The answer was stopped. It may be charged. Its text so far is part of the conversation.", _host.Text, StringComparison.Ordinal);
        Assert.EndsWith("You said: still here?", _host.Text[.._host.Text.LastIndexOf('\n', _host.Text.LastIndexOf("/exit", StringComparison.Ordinal))].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_answer_is_part_of_the_conversation_and_makes_the_cost_unknown()
    {
        ChatOver(StalledAnswer, "a b c d e f g h\n", "wait:You said", "{Ctrl+C}", "/history\n", "/usage\n");
        Assert.Contains("user: a b c d e f g h\nassistant: You said", _host.Text, StringComparison.Ordinal);
        Assert.Contains("cost unknown", _host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_pressed_during_an_answer_are_read_after_it() => Assert.Equal(
        ["go", "early"], ChatOver("""{"rules":[{"method":"POST","path":"*/chat/completions","times":1,"delayMilliseconds":600}]}""", "go\n", "early\n"));

    [Fact]
    public void Control_D_ends_the_chat_unless_there_is_text()
    {
        Assert.Equal(["ab"], ChatWith($"Enter-AtlasChat {Model}; 'ended'", null, "abx{Left}{Ctrl+D}\n", "{Ctrl+D}"));
        Assert.Empty(_host.ErrorLines);
    }

    [Fact]
    public void Tab_completes_commands_models_and_paths()
    {
        ModuleShell shell = _shell = new ModuleShell(_host);
        shell.Run("$null = Get-AtlasModel");
        shell.Write("chat notes.txt", "x");
        _host.Type("/mod{Tab}", "claude-haiku{Tab}", "\n", "/h{Tab}", "{Tab}", "\n", "/us{Tab}", "{Shift+Tab}", "\n", "/save chat{Tab}", "\n", "/exit\n");
        shell.Run($"Enter-AtlasChat {Model}").WithoutWarnings();
        Assert.Contains("The model is anthropic/claude-haiku", _host.Text, StringComparison.Ordinal);
        Assert.Contains("> /help\n", _host.Text, StringComparison.Ordinal);
        Assert.Contains("> /usage\n", _host.Text, StringComparison.Ordinal);
        Assert.Contains($"Saved to {Path.Join(shell.Folder, "chat notes.txt")}.", _host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_starts_a_new_conversation_with_the_same_system_prompt()
    {
        ModuleRun run = Run(null, $"Enter-AtlasChat {Model} -System 'be brief'", "one\n", "/clear\n", "two\n", "/exit\n");
        Assert.DoesNotContain("one", run.Bodies[1]["messages"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("be brief", run.Bodies[1]["messages"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("The conversation is cleared.", _host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_explains_each_command()
    {
        Chat("/help\n");
        foreach (string line in new[] { "/model ID     Changes the model", "/clear        Starts a new conversation", "/retry        Sends the last message again. It is charged again.", "/exit         Ends the chat" })
        {
            Assert.Contains(line, _host.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"sunny in $City\"", "[Get-Weather({\"City\":\"Oslo\"}) returned sunny in Oslo in ")]
    [InlineData("throw 'no sun'", "[Get-Weather({\"City\":\"Oslo\"}) failed The tool failed: no sun in ")]
    [InlineData("", "[Get-Weather({\"City\":\"Oslo\"}) returned nothing in ")]
    public void Tool_that_runs_is_a_line(string body, string expected)
    {
        Run(null, $"function Get-Weather {{ param([Parameter(Mandatory)] [string] $City) {body} }}; Enter-AtlasChat zai-org/glm-5 -Tool Get-Weather", "Get-Weather {\"City\":\"Oslo\"}".Replace("{", "{Brace}", StringComparison.Ordinal) + "\n", "/exit\n");
        Assert.Contains(expected, _host.Text, StringComparison.Ordinal);
    }

    private string[] Chat(params string[] keys) => ChatOver(null, keys);

    private string[] ChatOver(string? scenario, params string[] keys) => ChatWith($"Enter-AtlasChat {Model}", scenario, [.. keys, "/exit\n"]);

    private string[] ChatWith(string script, string? scenario, params string[] keys) =>
        [.. Run(scenario, script, keys is [.., "/exit\n" or "{Ctrl+D}"] ? keys : [.. keys, "/exit\n"]).Bodies.Select(b => (string)b["messages"]!.AsArray()[^1]!["content"]!)];

    private ModuleRun Run(string? scenario, string script, params string[] keys)
    {
        _shell = new ModuleShell(_host, scenario);
        _host.Type(keys);
        return _shell.Run(script).WithoutErrors();
    }
}
