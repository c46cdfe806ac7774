using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class AccountTests
{
    private const string Second = "apikey-second-0123456789";

    [Fact]
    public async Task Each_key_sees_only_its_own_tasks()
    {
        using Api api = Api.With($$"""{"keys":["{{Second}}"]}""");
        string own = await api.SubmitImageAsync();
        using HttpResponseMessage submitted = await SendAsync(api, HttpMethod.Post, Api.Image, Some.ImageBody());
        string other = (string)JsonNode.Parse(await submitted.Content.ReadAsStringAsync())!["data"]!["id"]!;

        using HttpResponseMessage history = await SendAsync(api, HttpMethod.Get, "/api/v1/model/history");
        JsonNode items = JsonNode.Parse(await history.Content.ReadAsStringAsync())!["data"]!["items"]!;
        using HttpResponseMessage ownPoll = await SendAsync(api, HttpMethod.Get, "/api/v1/model/prediction/" + own);
        using HttpResponseMessage otherPoll = await SendAsync(api, HttpMethod.Get, "/api/v1/model/prediction/" + other);

        Assert.Equal(other, (string)Assert.Single(items.AsArray())!["ID"]!);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (ownPoll.StatusCode, otherPoll.StatusCode));
        Assert.Equal(own, (string)(await api.ReadAsync("/api/v1/model/history"))["data"]!["items"]![0]!["ID"]!);
        Assert.Equal(2, api.Emulator.Charges.Count);
    }

    [Fact]
    public async Task Ledger_contains_the_account_and_no_key()
    {
        using Api api = Api.With($$"""{"keys":["{{Second}}"]}""");

        using HttpResponseMessage own = await api.GetAsync("/public/v1/balance?note=" + Second);
        using HttpResponseMessage second = await SendAsync(api, HttpMethod.Get, "/public/v1/balance");
        using HttpResponseMessage none = await api.GetAsync("/public/v1/balance", withKey: false);

        Assert.Equal([1, 2, null], api.Emulator.Ledger.Select(entry => entry.Account));
        Assert.Equal([true, true, false], api.Emulator.Ledger.Select(entry => entry.Authorized));
        Assert.DoesNotContain(api.Emulator.Ledger, entry => entry.Path.Contains(Second, StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> SendAsync(Api api, HttpMethod method, string path, string? body = null) => api.SendAsync(
        method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), withKey: false,
        headers: h => h.Authorization = new("Bearer", Second));
}
