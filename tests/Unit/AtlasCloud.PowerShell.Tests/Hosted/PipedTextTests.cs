using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Text that is piped into a chat, with and without a typed message.</summary>
public sealed class PipedTextTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Model = "deepseek-ai/deepseek-v3.2";

    [Fact]
    public void Piped_text_is_sent_once_with_the_typed_message()
    {
        shell.Write("log.txt", "first error\n\nsecond error\n");
        Assert.Equal(["Summarize\n\nfirst error\n\nsecond error"], Questions($"Get-Content log.txt | Invoke-AtlasChat 'Summarize' -Model {Model}"));
    }

    [Theory]
    [InlineData("'a', 'b' | Invoke-AtlasChat 'Compare' -Model {0}", "Compare\n\na\nb")]
    [InlineData("12345 | Invoke-AtlasChat 'Is it prime?' -Model {0}", "Is it prime?\n\n12345")]
    [InlineData("1.5, 2 | Invoke-AtlasChat -Message 'Add' -Model {0}", "Add\n\n1.5\n2")]
    [InlineData("Get-Content log.txt -Raw | Invoke-AtlasChat 'Summarize' -Model {0}", "Summarize\n\none\ntwo\n")]
    [InlineData("'a', 'b' | Invoke-AtlasChat -Prompt 'Compare' -Model {0} -Stream", "Compare\n\na\nb")]
    [InlineData("'a', 'b' | Invoke-AtlasChat 'Compare' -Model {0} -Live", "Compare\n\na\nb")]
    [InlineData("'a', 'b' | Invoke-AtlasChat 'Translate' -Model {0} -ForEachInput", "Translate\n\na", "Translate\n\nb")]
    [InlineData("'a', 'b' | Invoke-AtlasChat -Model {0}", "a", "b")]
    [InlineData("'a', 'b' | Invoke-AtlasChat -Model {0} -ForEachInput", "a", "b")]
    [InlineData("1, 2 | Invoke-AtlasChat -Model {0}", "1", "2")]
    [InlineData("'a' | Invoke-AtlasChat 'q' -Model {0} -WhatIf")]
    public void Requests_have_the_message_and_the_text(string script, params string[] expected)
    {
        shell.Write("log.txt", "one\ntwo\n");
        Assert.Equal(expected, Questions(Format(script)));
    }

    [Fact]
    public void Text_output_of_a_prediction_is_what_the_message_is_about()
    {
        shell.Set("spoken", new Output { Value = "we agreed on Friday", Text = "we agreed on Friday" });
        Assert.Equal(["Which day?\n\nwe agreed on Friday"], Questions($"$spoken | Invoke-AtlasChat 'Which day?' -Model {Model}"));
    }

    [Fact]
    public void Objects_other_than_text_are_still_one_request_each() => Assert.Equal(
        ["q", "q", "q\n\ntext"], Questions($"@{{ Seed = 1 }}, 'text', @{{ Seed = 2 }} | Invoke-AtlasChat 'q' -Model {Model}"));

    [Fact]
    public void Reply_is_the_conversation_and_not_text() => Assert.Equal(
        ["one", "two"], Questions($"'one' | Invoke-AtlasChat -Model {Model} | Invoke-AtlasChat 'two'"));

    [Theory]
    [InlineData("'', ' ' | Invoke-AtlasChat 'Summarize' -Model {0}")]
    [InlineData("\"`t\" | Invoke-AtlasChat 'Translate' -Model {0} -ForEachInput")]
    public void Blank_text_is_an_error(string script) =>
        Assert.Contains("The piped text is blank. Nothing was sent.", shell.Run(Format(script)).Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Blank_line_stops_only_its_own_request() => Assert.Equal(
        ["Translate\n\na", "Translate\n\nb"], Questions($"'a', '', 'b' | Invoke-AtlasChat 'Translate' -Model {Model} -ForEachInput", errors: 1));

    [Fact]
    public void Empty_input_is_a_warning()
    {
        shell.Write("empty.txt", "");
        ModuleRun run = shell.Run($"Get-Content empty.txt | Invoke-AtlasChat 'Summarize' -Model {Model}").WithoutErrors();
        Assert.Empty(run.Bodies);
        Assert.Equal("The pipeline input is empty, so the message was not sent.", Assert.Single(run.Warnings));
    }

    [Fact]
    public void Request_that_fails_is_one_error_that_does_not_end_the_script()
    {
        ModuleRun run = shell.Run("'a', 'b' | Invoke-AtlasChat 'Summarize' -Model no/such; 'continued'");
        Assert.StartsWith("ModelNotFound", run.Refusal.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("continued", Assert.Single(run.Output).BaseObject);
    }

    [Fact]
    public void Tool_is_found_when_the_model_writes_its_name_in_another_style()
    {
        using ModuleShell other = new(null, """{"rules":[{"method":"POST","path":"/v1/*","chat":{"toolRounds":[[{"name":"get_weather","arguments":{"City":"Oslo"}}]],"text":"done"}}]}""");
        ModuleRun run = other.Run($"function Get-Weather {{ param([string] $City) \"sunny in $City\" }}; (Invoke-AtlasChat 'go' -Model {Model} -Tool Get-Weather).ToolRuns[0].Result").WithoutWarnings();
        Assert.Equal("sunny in Oslo", Assert.Single(run.Output).BaseObject);
    }

    private static string Format(string script) => script.Replace("{0}", Model, StringComparison.Ordinal);

    // The last message of each request.
    private string[] Questions(string script, int errors = 0)
    {
        ModuleRun run = shell.Run(script);
        Assert.Equal(errors, run.Errors.Count);
        Assert.Empty(run.Warnings);
        return [.. run.Bodies.Select(b => (string)((JsonArray)b["messages"]!)[^1]!["content"]!)];
    }
}
