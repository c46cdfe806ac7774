using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Which requests send the key, and that messages never contain it.</summary>
public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("https://api.atlascloud.ai/api/v1/models", true)]
    [InlineData("https://llm.example.com/v1/chat/completions", true)]
    [InlineData("https://api.atlascloud.ai:8443/api/v1/models", false)]
    [InlineData("http://api.atlascloud.ai/api/v1/models", false)]
    [InlineData("https://api.atlascloud.ai.example.com/api/v1/models", false)]
    [InlineData("https://static.atlascloud.ai/model/schema/x.json", false)]
    public async Task Key_is_sent_to_the_configured_origins_only(string address, bool expected)
    {
        StubHandler service = new(StubReply.Json("{}"));
        AtlasCloudOptions options = new() { ApiKey = Some.Key, LlmBaseUri = new Uri("https://llm.example.com") };

        await Some.Pipeline(service, options: options).SendAsync(new ApiCall(HttpMethod.Get, new Uri(address), "a thing"), Some.NoStop);

        Assert.Equal(expected ? "Bearer " + Some.Key : null, service.Seen[0].Header("Authorization"));
    }

    [Fact]
    public async Task Redirect_of_an_API_request_is_not_followed()
    {
        StubHandler service = new(StubReply.Redirect("https://elsewhere.example.com/"));

        ApiResponse reply = await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal(302, (int)reply.Status);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Request_without_a_key_throws_NoSession_and_sends_nothing()
    {
        StubHandler service = new(Some.Completed());

        AtlasCloudException missing = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(service, options: new AtlasCloudOptions()).Predictions.GetAsync(Some.Id));

        Assert.Equal(AtlasCloudErrorKind.NoSession, missing.Kind);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Catalog_does_not_require_a_key()
    {
        AtlasCloudClient client = Some.Client(Some.Service(), options: new AtlasCloudOptions());

        Assert.NotEmpty(await client.Models.ListAsync());
    }

    [Fact]
    public async Task Schema_on_another_host_is_requested_without_the_key()
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Null(Assert.Single(service.SeenAt("/model/schema/")).Header("Authorization"));
    }

    [Fact]
    public async Task Each_request_has_a_User_Agent()
    {
        StubHandler service = new(Some.Completed());

        await Some.Client(service).Predictions.GetAsync(Some.Id);

        Assert.StartsWith("AtlasCloud/", service.Seen[0].Header("User-Agent"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("errors")]
    public async Task Error_message_does_not_contain_a_key_that_the_service_repeats(string prefix)
    {
        StubHandler service = new(StubReply.Json($$"""{"msg":"{{prefix}}: bad key {{Some.Key}}, sent as Bearer {{Some.Key}}"}""", 401));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Account.GetBalanceAsync());

        Assert.DoesNotContain(Some.Key, refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Key, refused.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_message_does_not_contain_a_key_from_an_exception()
    {
        const string Plain = "0123456789abcdef0123456789abcdef";
        StubHandler service = new StubHandler().When("/", StubReply.Fault(new HttpRequestException("refused " + Plain)));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(service, options: new AtlasCloudOptions { ApiKey = Plain }).Account.GetBalanceAsync());

        Assert.DoesNotContain(Plain, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_shows_requests_and_responses_without_the_key()
    {
        List<string> messages = [];
        StubHandler service = new(StubReply.Json($$"""{"available":{"value":"1"},"echo":"{{Some.Key}}"}"""));
        using IDisposable listening = new AtlasCloudLog((_, text) => messages.Add(text), includeBodies: true).Listen();

        await Some.Client(service).Account.GetBalanceAsync();

        Assert.Contains(messages, s => s.Contains("GET https://api.atlascloud.ai/public/v1/balance", StringComparison.Ordinal));
        Assert.DoesNotContain(messages, s => s.Contains(Some.Key, StringComparison.Ordinal));
    }
}
