using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>An emulator, and an HTTP client with its key.</summary>
internal sealed class Api : IDisposable
{
    internal const string Image = "/api/v1/model/generateImage";
    internal const string Video = "/api/v1/model/generateVideo";
    internal const string Audio = "/api/v1/model/generateAudio";

    // Only a hang takes this long.
    internal static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256, ResponseDrainTimeout = TimeSpan.Zero });

    internal Api(EmulatorOptions? options = null)
    {
        Clock = options?.Clock as FakeClock ?? new FakeClock();
        Emulator = Emulator.Start((options ?? new EmulatorOptions()) with { Clock = Clock });
        _http.BaseAddress = Emulator.BaseUri;
    }

    internal FakeClock Clock { get; }

    internal Emulator Emulator { get; }

    /// <summary>Starts an emulator with a scenario and a stopped clock.</summary>
    internal static Api With(string scenario) =>
        new(new EmulatorOptions { Clock = new FakeClock(), Scenario = EmulatorScenario.Parse(scenario) });

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, bool withKey = true, Action<HttpRequestHeaders>? headers = null,
        HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (withKey)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Emulator.ApiKey);
        }

        headers?.Invoke(request.Headers);
        return await _http.SendAsync(request, until);
    }

    internal Task<HttpResponseMessage> GetAsync(string path, bool withKey = true) => SendAsync(HttpMethod.Get, path, null, withKey);

    internal Task<HttpResponseMessage> DownloadAsync(string address, Action<HttpRequestHeaders>? headers = null) =>
        SendAsync(HttpMethod.Get, address, null, withKey: false, headers);

    internal Task<HttpResponseMessage> PostAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    internal async Task<JsonObject> ReadAsync(string path)
    {
        using HttpResponseMessage reply = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    internal async Task<JsonObject> SubmitAsync(string path, string json)
    {
        using HttpResponseMessage reply = await PostAsync(path, json);
        string text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["data"]!.AsObject();
    }

    internal async Task<string> SubmitImageAsync(string more = "") =>
        (string)(await SubmitAsync(Image, Some.ImageBody(more)))["id"]!;

    internal async Task<JsonObject> PollAsync(string id) => (await ReadAsync("/api/v1/model/prediction/" + id))["data"]!.AsObject();

    /// <summary>Submits, advances the clock, and returns the finished prediction.</summary>
    internal async Task<JsonObject> FinishAsync(string path, string json)
    {
        JsonObject submitted = await SubmitAsync(path, json);
        Clock.Advance(120);
        return await PollAsync((string)submitted["id"]!);
    }

    internal async Task<byte[]> FirstOutputAsync(JsonObject prediction)
    {
        using HttpResponseMessage reply = await DownloadAsync((string)prediction["outputs"]![0]!);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Waits until the emulator has seen the end of its connections; those of this client are closed for that.</summary>
    internal async Task ConnectionsEndedAsync()
    {
        _http.Dispose();
        await Emulator.ConnectionsEnded.WaitAsync(Hang);
    }

    public void Dispose()
    {
        _http.Dispose();
        Emulator.Dispose();
    }
}
