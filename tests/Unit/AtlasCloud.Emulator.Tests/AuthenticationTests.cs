using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class AuthenticationTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("GET", "/api/v1/model/prediction/abc")]
    [InlineData("GET", "/api/v1/model/result/abc")]
    [InlineData("GET", "/api/v1/model/getResult?predictionId=abc")]
    [InlineData("GET", "/api/v1/model/history")]
    [InlineData("POST", "/api/v1/model/generateImage")]
    [InlineData("POST", "/api/v1/model/generateVideo")]
    [InlineData("POST", "/api/v1/model/generateAudio")]
    [InlineData("POST", "/api/v1/model/calculate")]
    [InlineData("POST", "/api/v1/model/uploadMedia")]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("POST", "/api/v1/chat/completions")]
    [InlineData("GET", "/no/such/path")]
    public async Task Request_without_a_key_returns_401(string method, string path)
    {
        using HttpResponseMessage reply = await _api.SendAsync(new HttpMethod(method), path, withKey: false);
        JsonNode body = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal(401, (int)body["code"]!);
        Assert.Equal("unauthorized", (string)body["msg"]!);
        Assert.Equal(reply.Headers.GetValues("X-Request-ID").Single(), (string)body["request_id"]!);
    }

    [Fact]
    public async Task Unknown_path_returns_401_with_a_valid_key()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/api/v1/model/predictions/abc");

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.True(_api.Emulator.Ledger[0].Authorized);
    }

    [Fact]
    public async Task Billing_request_without_a_key_returns_an_error_in_the_billing_format()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/public/v1/balance", withKey: false);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("authentication_error", (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["error"]!["type"]!);
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}", HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer {0}", HttpStatusCode.OK)]
    [InlineData("x-api-key", "{0}", HttpStatusCode.OK)]
    [InlineData("x-goog-api-key", "{0}", HttpStatusCode.OK)]
    [InlineData("Authorization", "{0}", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer Bearer {0}", HttpStatusCode.Unauthorized)]
    [InlineData("x-api-key", "{0}x", HttpStatusCode.Unauthorized)]
    public async Task Key_is_accepted_in_the_headers_of_all_protocols(string name, string value, HttpStatusCode expected)
    {
        string filled = value.Replace("{0}", _api.Emulator.ApiKey, StringComparison.Ordinal);

        using HttpResponseMessage reply = await _api.SendAsync(
            HttpMethod.Get, "/public/v1/balance", withKey: false, headers: h => h.TryAddWithoutValidation(name, filled));

        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task Key_in_the_query_is_accepted_and_masked_in_the_ledger()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/public/v1/balance?key=" + _api.Emulator.ApiKey, withKey: false);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("/public/v1/balance?key=***", _api.Emulator.Ledger[0].Path);
    }

    [Fact]
    public async Task Every_reply_has_a_unique_request_id()
    {
        using HttpResponseMessage first = await _api.GetAsync("/api/v1/models");
        using HttpResponseMessage second = await _api.GetAsync("/api/v1/models");

        Assert.NotEqual(first.Headers.GetValues("X-Request-ID").Single(), second.Headers.GetValues("X-Request-ID").Single());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("Python-urllib/3.12", HttpStatusCode.Forbidden)]
    [InlineData("AtlasCloud/1.0", HttpStatusCode.OK)]
    public async Task Bot_check_requires_a_product_user_agent(string? userAgent, HttpStatusCode expected)
    {
        using Api api = new(new EmulatorOptions { RequireUserAgent = true });

        using HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Get, "/public/v1/balance", headers: h => { if (userAgent is not null) { h.UserAgent.ParseAdd(userAgent); } });

        Assert.Equal(expected, reply.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, !(await reply.Content.ReadAsStringAsync()).Contains("1010", StringComparison.Ordinal));
    }
}
