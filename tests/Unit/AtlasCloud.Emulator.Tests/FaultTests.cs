using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData("drop-before", 0)]
    [InlineData("reset", 0)]
    [InlineData("drop-after", 1)]
    public async Task Dropped_submit_gets_no_response_and_creates_a_task_only_for_drop_after(string fault, int tasks)
    {
        using Api api = WithFault("POST", fault);

        await Assert.ThrowsAsync<HttpRequestException>(() => api.PostAsync(Api.Image, Some.ImageBody()));

        LedgerEntry entry = Assert.Single(api.Emulator.Ledger);
        Assert.Equal((0, tasks), (entry.Status, api.Emulator.Charges.Count));
        Assert.Equal(tasks == 1, entry.PredictionId is not null);
        Assert.Equal(tasks, (int)(await api.ReadAsync("/api/v1/model/history"))["data"]!["total"]!);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("wrong-length")]
    public async Task Truncated_download_fails_and_a_second_one_succeeds(string fault)
    {
        using Api api = WithFault("GET", fault, "/outputs/*");
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());
        string address = (string)done["outputs"]![0]!;

        await Assert.ThrowsAsync<HttpRequestException>(() => api.DownloadAsync(address));
        using HttpResponseMessage second = await api.DownloadAsync(address);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("wrong-length")]
    public async Task Short_reply_can_be_truncated(string fault)
    {
        using Api api = WithFault("GET", fault, "/public/*");

        await Assert.ThrowsAsync<HttpRequestException>(() => api.GetAsync("/public/v1/balance"));
    }

    [Fact]
    public async Task Truncated_chat_stream_ends_without_DONE()
    {
        using Api api = WithFault("POST", "truncate");
        using HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", new StringContent(Some.Chat("a b c d", ",\"stream\":true"), Encoding.UTF8, "application/json"),
            until: HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await reply.Content.ReadAsStreamAsync());
        StringBuilder seen = new();

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                seen.Append(line);
            }
        });

        Assert.Contains("said", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_drip_reply_arrives_completely()
    {
        using Api api = Api.With("""{"rules":[{"path":"/public/*","fault":"slow-drip","delayMilliseconds":1}]}""");

        Assert.Equal("balance", (string)(await api.ReadAsync("/public/v1/balance"))["object"]!);
    }

    [Theory]
    [InlineData("wrong-type", "text/html")]
    [InlineData("no-type", null)]
    public async Task Content_type_can_be_wrong_or_missing(string fault, string? expected)
    {
        using Api api = WithFault("GET", fault, "/public/*");

        using HttpResponseMessage reply = await api.GetAsync("/public/v1/balance");

        Assert.Equal(expected, reply.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("{", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_can_be_delayed()
    {
        FakeClock clock = new() { SkipsDelays = false };
        using Api api = new(new EmulatorOptions
        {
            Clock = clock,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"path":"/public/*","times":1,"delayMilliseconds":60000}]}"""),
        });

        Task<HttpResponseMessage> late = api.GetAsync("/public/v1/balance");
        Assert.Equal(TimeSpan.FromMinutes(1), await clock.DelayBegunAsync());
        Assert.False(late.IsCompleted);

        clock.Advance(60);
        using HttpResponseMessage reply = await late.WaitAsync(Api.Hang);
        Assert.True(reply.IsSuccessStatusCode);
    }

    private static Api WithFault(string method, string fault, string path = "*") =>
        Api.With($$$"""{"rules":[{"method":"{{{method}}}","path":"{{{path}}}","times":1,"fault":"{{{fault}}}"}]}""");
}
