using AtlasCloud.Chat;

namespace AtlasCloud.Tests;

/// <summary>Names of tools as models write them.</summary>
public sealed class ToolNameTests
{
    public static TheoryData<string, bool> BothWays => SomeChat.ProtocolsBothWays;

    [Theory]
    [InlineData("get_weather", "Get-Weather")]
    [InlineData("GetWeather", "Get-Weather")]
    [InlineData("functions.get_weather", "Get-Weather")]
    [InlineData("default_api:getWeather", "Get-Weather")]
    [InlineData("Get-Weather", "Get-Weather")]
    [InlineData("send.mail", "send_mail")]
    [InlineData("weather", "weather")]
    [InlineData("tool__1", "tool__1")]
    [InlineData("", "")]
    [InlineData("...", "...")]
    public void Name_is_that_of_the_only_tool_that_fits(string called, string expected) =>
        Assert.Equal(expected, ToolNames.Resolve(called, [.. new[] { "Get-Weather", "send_mail", "tool_1", "tool-1" }.Select(n => new ChatTool { Name = n })]));

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Call_in_another_spelling_runs_the_offered_tool(string protocol, bool stream)
    {
        StubHandler service = SomeChat.Service(
            SomeAnswer.Of(protocol, stream, "", ("call_1", "get_weather", """{"City":"Oslo"}""")), SomeAnswer.Of(protocol, stream, "Rain."));
        List<string> ran = [];
        ChatRequest request = SomeChat.Request(protocol) with
        {
            Tools = [new ChatTool { Name = "Get-Weather" }],
            RunTool = (call, _) =>
            {
                ran.Add(call.Name);
                return Task.FromResult(new ChatToolResult("rain"));
            },
        };

        ChatReply reply = await SomeChat.AskAsync(service, request, stream);

        Assert.Equal(["Get-Weather"], ran);
        Assert.Equal(("Get-Weather", "rain", false), (reply.ToolRuns[0].Name, reply.ToolRuns[0].Result, reply.ToolRuns[0].IsError));
        Assert.Contains("Get-Weather", SomeChat.Questions(service)[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("get_weather", SomeChat.Questions(service)[^1].Text, StringComparison.Ordinal);
    }
}
