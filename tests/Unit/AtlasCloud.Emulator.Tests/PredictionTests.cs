using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class PredictionTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(Api.Image, "processing")]
    [InlineData(Api.Video, "starting")]
    [InlineData(Api.Audio, "created")]
    public async Task Submit_returns_the_id_and_the_poll_address(string path, string status)
    {
        string body = path == Api.Image ? Some.ImageBody() : path == Api.Video ? Some.VideoBody() : Some.SpeechBody();

        JsonObject data = await _api.SubmitAsync(path, body);

        Assert.Equal(status, (string)data["status"]!);
        Assert.Equal(32, ((string)data["id"]!).Length);
        Assert.Equal($"{_api.Emulator.BaseUri}api/v1/model/prediction/{data["id"]}", (string)data["urls"]!["get"]!);
    }

    [Theory]
    [InlineData(0.0, "created")]
    [InlineData(0.2, "starting")]
    [InlineData(0.6, "processing")]
    [InlineData(1.2, "pending")]
    [InlineData(1.9, "processing")]
    [InlineData(2.0, "completed")]
    public async Task Status_follows_the_clock(double seconds, string status)
    {
        using Api api = new(new EmulatorOptions
        {
            Clock = _api.Clock,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"path":"*generate*","task":{"pending":true}}]}"""),
        });
        string id = await api.SubmitImageAsync();

        _api.Clock.Advance(seconds);

        Assert.Equal(status, (string)(await api.PollAsync(id))["status"]!);
    }

    [Fact]
    public async Task Time_scale_of_zero_finishes_tasks_immediately()
    {
        using Api api = new(new EmulatorOptions { TimeScale = 0 });

        JsonObject done = await api.PollAsync(await api.SubmitImageAsync());

        Assert.Equal("completed", (string)done["status"]!);
        Assert.Equal("0.003", (string)done["price"]!);
    }

    [Fact]
    public async Task All_three_poll_paths_return_the_prediction()
    {
        string id = await _api.SubmitImageAsync();
        _api.Clock.Advance(5);

        JsonNode result = (await _api.ReadAsync("/api/v1/model/result/" + id))["data"]!;
        JsonObject oldest = await _api.ReadAsync("/api/v1/model/getResult?predictionId=" + id);

        Assert.Equal((string)result["outputs"]![0]!, (string)oldest["output"]!);
        Assert.Equal("completed", (string)oldest["status"]!);
    }

    [Fact]
    public async Task Unknown_id_returns_404()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/api/v1/model/prediction/0123");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Parameters_are_accepted_in_an_input_member()
    {
        JsonObject done = await _api.FinishAsync(Api.Image, $$$"""{"model":"{{{Some.ImageModel}}}","input":{"prompt":"x","num_images":2}}""");

        Assert.Equal(2, done["outputs"]!.AsArray().Count);
        Assert.Equal([false, false], done["has_nsfw_contents"]!.AsArray().Select(f => (bool)f!));
    }

    [Fact]
    public async Task Synchronous_submit_returns_the_result()
    {
        using Api api = new(new EmulatorOptions { ImageDuration = TimeSpan.FromMilliseconds(30) });

        JsonObject done = await api.SubmitAsync(Api.Image, Some.ImageBody(",\"enable_sync_mode\":true,\"enable_base64_output\":true"));

        Assert.Equal("completed", (string)done["status"]!);
        Assert.StartsWith("iVBORw0KGgo", (string)done["outputs"]![0]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Api.Image, "{\"prompt\":\"x\"}", "application/json", 400, "model is required")]
    [InlineData(Api.Image, "{\"model\":", "application/json", 400, "invalid request body")]
    [InlineData(Api.Image, "{\"model\":\"black-forest-labs/flux-schnell\",\"prompt\":\"x\"}", "text/plain", 400, "Content-Type")]
    [InlineData(Api.Image, "{\"model\":\"no/such\",\"prompt\":\"x\"}", "application/json", 404, "model not found")]
    [InlineData(Api.Video, "{\"model\":\"black-forest-labs/flux-schnell\",\"prompt\":\"x\"}", "application/json", 400, "endpoint")]
    [InlineData(Api.Image, "{\"model\":\"black-forest-labs/flux-schnell\"}", "application/json", 400, "prompt is required")]
    [InlineData(Api.Video, "{\"model\":\"bytedance/seedance-v1.5-pro/text-to-video\",\"prompt\":\"x\",\"resolution\":\"9p\"}", "application/json", 400, "resolution must be one of")]
    [InlineData(Api.Image, "{\"model\":\"black-forest-labs/flux-schnell\",\"prompt\":\"x\",\"webhook_url\":\"http://example.com\"}", "application/json", 400, "webhook_url")]
    public async Task Invalid_submit_is_rejected_and_not_charged(string path, string body, string type, int status, string message)
    {
        using HttpResponseMessage reply = await _api.SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(message, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_api.Emulator.Charges);
    }

    [Theory]
    [InlineData("X-AtlasCloud-Object-Expiration-Hours", "0", 400)]
    [InlineData("X-AtlasCloud-Object-Expiration-Hours", "337", 400)]
    [InlineData("X-AtlasCloud-Object-Expiration-Hours", "1.5", 400)]
    [InlineData("X-AtlasCloud-Object-Expiration-Hours", "1", 200)]
    [InlineData("X-AtlasCloud-Request-Retention-Hours", "0", 200)]
    [InlineData("X-AtlasCloud-Request-Retention-Hours", "-1", 400)]
    public async Task Retention_headers_are_validated(string name, string value, int status)
    {
        using HttpResponseMessage reply = await _api.SendAsync(
            HttpMethod.Post, Api.Image, new StringContent(Some.ImageBody(), Encoding.UTF8, "application/json"), headers: h => h.Add(name, value));

        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Unknown_parameters_are_dropped_from_the_effective_body()
    {
        await _api.SubmitImageAsync(",\"sede\":7");

        Charge charge = Assert.Single(_api.Emulator.Charges);
        Assert.Contains("sede", charge.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("sede", charge.EffectiveBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_validation_rejects_unknown_parameters()
    {
        using Api api = new(new EmulatorOptions { StrictValidation = true });

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody(",\"sede\":7"));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("sede", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_over_50_MB_returns_413()
    {
        using HttpResponseMessage reply = await _api.PostAsync(Api.Image, Some.ImageBody($",\"image\":\"{new string('a', 51 * 1024 * 1024)}\""));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
    }
}
