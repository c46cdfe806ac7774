using System.Collections;

namespace AtlasCloud.Tests;

/// <summary>With each API method, the key is sent to the configured address only, whatever the responses contain.</summary>
public sealed class ApiKeyDestinationTests
{
    private const string Elsewhere = "https://evil.example/";

    private static readonly BillingQuery s_days = new() { From = new DateOnly(2026, 8, 1), Until = new DateOnly(2026, 8, 26) };

    private static readonly Dictionary<string, Func<AtlasCloudClient, TemporaryFolder, Task>> s_ways = new(StringComparer.Ordinal)
    {
        ["catalog"] = (client, _) => client.Models.ListAsync(refresh: true),
        ["quote"] = (client, _) => client.Predictions.QuoteAsync(Some.Request("a/b"), GenerationKind.Image),
        ["submit"] = (client, _) => client.Predictions.CreateAsync(Some.Request("a/b") with { SkipValidation = true }, GenerationKind.Image),
        ["poll"] = (client, _) => client.Predictions.GetAsync(Some.Id),
        ["wait"] = (client, _) => client.Predictions.WaitAsync(Some.Prediction()),
        ["history"] = async (client, _) => await ListAsync(client.Predictions.ListHistoryAsync(new HistoryQuery())),
        ["upload"] = (client, folder) => client.Media.UploadAsync(folder.Write("a.png", Bytes.Png)),
        ["balance"] = (client, _) => client.Account.GetBalanceAsync(),
        ["usage"] = async (client, _) => await ListAsync(client.Account.ListUsageAsync(s_days)),
        ["costs"] = async (client, _) => await ListAsync(client.Account.ListCostsAsync(s_days)),
        ["chat"] = (client, _) => client.Chat.CompleteAsync(SomeChat.Request() with { Protocol = SomeChat.Completions }),
        ["responses"] = (client, _) => client.Chat.CompleteAsync(SomeChat.Request() with { Protocol = SomeChat.Responses }),
        ["messages"] = (client, _) => client.Chat.CompleteAsync(SomeChat.Request() with { Protocol = SomeChat.Claude }),
        ["gemini"] = (client, _) => client.Chat.CompleteAsync(SomeChat.Request() with { Protocol = SomeChat.Gemini }),
        ["stream"] = async (client, _) => await ListAsync(client.Chat.StreamAsync(SomeChat.Request())),
        ["webhook"] = (client, _) => client.Webhooks.VerifyAsync(Delivery(), Fixture.Bytes("webhook/video-ok.body.json"), TimeSpan.MaxValue),
    };

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Redirect_of_a_request_with_the_key_is_not_followed(string way)
    {
        using TemporaryFolder folder = new();
        await using RawServer other = RawServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "{}"u8.ToArray());
        await using RawServer server = RawServer.Saying($"HTTP/1.1 307 Elsewhere\r\nLocation: {other.Address}x\r\nContent-Length: 0\r\n\r\n");
        using AtlasCloudClient client = server.Client();

        await Assert.ThrowsAsync<AtlasCloudException>(() => s_ways[way](client, folder));

        Assert.NotEmpty(server.Heads);
        Assert.Empty(other.Heads);
        Assert.DoesNotContain(server.Heads, h => h.Contains("\nReferer:", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(server.Heads, h => h.Split('\r')[0].Contains(Some.Key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Addresses_in_a_response_never_receive_the_key(string way)
    {
        using TemporaryFolder folder = new();
        string addresses = $$"""{"get":"{{Elsewhere}}get","cancel":"{{Elsewhere}}cancel","result":"{{Elsewhere}}result"}""";
        StubReply answer = StubReply.Json(
            $$"""
            {"code":200,"next":"{{Elsewhere}}","keys":[],"data":{"id":"{{Some.Id}}","status":"completed","outputs":["{{Elsewhere}}a.png"],"urls":{{addresses}},
            "url":"{{Elsewhere}}up","download_url":"{{Elsewhere}}up","items":[]},"next_page_url":"{{Elsewhere}}","choices":[{"message":{"content":"see {{Elsewhere}}"} }]}
            """,
            headers: [("Location", Elsewhere), ("Link", $"<{Elsewhere}>; rel=next"), ("Refresh", $"0; url={Elsewhere}"), ("Content-Location", Elsewhere)]);
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Json($$"""{"data":[{"model":"a/b","type":"Image","schema":"{{Elsewhere}}schema.json"},{"model":"{{SomeChat.Model}}","type":"Text"}]}"""))
            .When("/", answer);

        await Record.ExceptionAsync(() => s_ways[way](Some.Client(service), folder));

        Assert.Contains(service.Seen, r => r.Address.Host == "api.atlascloud.ai");
        Assert.All(service.Seen.Where(r => r.Address.Host != "api.atlascloud.ai"), AssertBare);
        Assert.All(service.Seen, r => Assert.Null(r.Header("Referer")));
        Assert.All(service.Seen, r => Assert.Equal("https", r.Address.Scheme));
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://[::1]:8443/schema.json")]
    [InlineData("https://10.1.2.3/schema.json")]
    [InlineData("http://127.0.0.1:9/schema.json")]
    [InlineData("http://static.atlascloud.ai/schema.json")]
    [InlineData("file:///etc/passwd")]
    public async Task Schema_address_in_a_private_network_is_not_requested(string schema)
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Json($$"""{"data":[{"model":"a/b","type":"Image","schema":"{{schema}}"}]}"""))
            .When("/model/schema/a-b.json", StubReply.Json("{}", 404)).When("/model/generate", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request("a/b") with { SkipValidation = true }, GenerationKind.Image);

        Assert.Equal(["api.atlascloud.ai", "static.atlascloud.ai", "api.atlascloud.ai"], service.Seen.Select(r => r.Address.Host));
        Assert.All(service.Seen, r => Assert.Equal(("https", 443), (r.Address.Scheme, r.Address.Port)));
    }

    [Fact]
    public async Task LlmBaseUri_receives_chat_requests_only()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, LlmBaseUri = new Uri("https://llm.example.com") };
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/chat-completion.json")).When("/public/v1/balance", Fixture.Reply("billing/balance-live.json"));
        AtlasCloudClient client = Some.Client(service, options: options);

        await client.Chat.CompleteAsync(SomeChat.Request());
        await client.Account.GetBalanceAsync();

        Assert.Equal(["/v1/chat/completions"], service.Seen.Where(r => r.Address.Host == "llm.example.com").Select(r => r.Path));
        Assert.All(service.Seen, r => Assert.Contains(r.Address.Host, new[] { "llm.example.com", "api.atlascloud.ai" }));
    }

    [Theory]
    [InlineData("http://api.atlascloud.ai")]
    [InlineData("http://192.168.0.1")]
    [InlineData("http://localhost.example.com")]
    [InlineData("ftp://127.0.0.1")]
    public void Constructor_rejects_http_except_on_loopback(string address)
    {
        Assert.ThrowsAny<Exception>(() => Some.Client(new StubHandler(), options: new AtlasCloudOptions { ApiKey = Some.Key, BaseUri = new Uri(address) }));
        Assert.ThrowsAny<Exception>(() => Some.Client(new StubHandler(), options: new AtlasCloudOptions { ApiKey = Some.Key, LlmBaseUri = new Uri(address) }));
    }

    [Fact]
    public void Options_converted_to_text_do_not_contain_the_key()
    {
        AtlasCloudOptions options = Some.Options();

        Assert.DoesNotContain(Some.Key, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Key, System.Text.Json.JsonSerializer.Serialize(options), StringComparison.Ordinal);
        Assert.DoesNotContain(options.GetType().GetProperties(), p => p.GetGetMethod()?.Invoke(options, null)?.ToString()?.Contains(Some.Key, StringComparison.Ordinal) == true);
    }

    private static void AssertBare(SeenRequest request)
    {
        Assert.DoesNotContain(Some.Key, request.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain(request.Headers.Values, v => v.Contains(Some.Key, StringComparison.Ordinal));
        Assert.Empty(request.Body);
    }

    private static Dictionary<string, string> Delivery() =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(Fixture.Bytes("webhook/video-ok.headers.json"))!;

    private static async Task<ArrayList> ListAsync<T>(IAsyncEnumerable<T> source)
    {
        ArrayList items = [];
        await foreach (T item in source)
        {
            items.Add(item);
        }

        return items;
    }
}
