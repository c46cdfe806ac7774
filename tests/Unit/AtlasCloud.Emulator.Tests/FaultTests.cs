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
    public async Task A_dropped_submit_has_no_answer_but_perhaps_a_task(string fault, int tasks)
    {
        using Api api = Faulty("POST", fault);

        await Assert.ThrowsAsync<HttpRequestException>(() => api.PostAsync(Api.Image, Some.ImageBody()));

        LedgerEntry entry = Assert.Single(api.Emulator.Ledger);
        Assert.Equal((0, tasks), (entry.Status, api.Emulator.Charges.Count));
        Assert.Equal(tasks == 1, entry.PredictionId is not null);
        Assert.Equal(tasks, (int)(await api.ReadAsync("/api/v1/model/history"))["data"]!["total"]!);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("wrong-length")]
    public async Task A_download_that_is_cut_short_is_noticed(string fault)
    {
        using Api api = Faulty("GET", fault, "/outputs/*");
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());
        string address = (string)done["outputs"]![0]!;

        await Assert.ThrowsAsync<HttpRequestException>(() => api.DownloadAsync(address));
        using HttpResponseMessage second = await api.DownloadAsync(address);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("wrong-length")]
    public async Task A_short_reply_can_be_cut_as_well(string fault)
    {
        using Api api = Faulty("GET", fault, "/public/*");

        await Assert.ThrowsAsync<HttpRequestException>(() => api.GetAsync("/public/v1/balance"));
    }

    [Fact]
    public async Task A_chat_stream_can_end_in_the_middle()
    {
        using Api api = Faulty("POST", "truncate");
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
    public async Task A_slow_reply_arrives_whole()
    {
        using Api api = Api.With("""{"rules":[{"path":"/public/*","fault":"slow-drip","delayMilliseconds":1}]}""");

        Assert.Equal("balance", (string)(await api.ReadAsync("/public/v1/balance"))["object"]!);
    }

    [Theory]
    [InlineData("wrong-type", "text/html")]
    [InlineData("no-type", null)]
    public async Task The_content_type_can_be_wrong(string fault, string? expected)
    {
        using Api api = Faulty("GET", fault, "/public/*");

        using HttpResponseMessage reply = await api.GetAsync("/public/v1/balance");

        Assert.Equal(expected, reply.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("{", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_can_be_late()
    {
        using Api api = Api.With("""{"rules":[{"path":"/public/*","times":1,"delayMilliseconds":60000}]}""");
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(100));
        using HttpClient http = new() { BaseAddress = api.Emulator.BaseUri };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync("/public/v1/balance", patience.Token));
    }

    private static Api Faulty(string method, string fault, string path = "*") =>
        Api.With($$$"""{"rules":[{"method":"{{{method}}}","path":"{{{path}}}","times":1,"fault":"{{{fault}}}"}]}""");
}
