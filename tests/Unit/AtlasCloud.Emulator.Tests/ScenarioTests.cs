using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ScenarioTests
{
    public static TheoryData<string> Errors => Samples("errors/");

    public static TheoryData<string> Streams => Samples("sse/");

    [Theory]
    [MemberData(nameof(Errors))]
    [MemberData(nameof(Streams))]
    public async Task Reply_can_be_any_sample(string path)
    {
        using Api api = Api.With($$$"""{"rules":[{"reply":{"sample":"{{{path}}}"}}]}""");
        Sample sample = Sample.All[path];

        using HttpResponseMessage reply = await api.GetAsync("/public/v1/balance");

        Assert.Equal(sample.Status, (int)reply.StatusCode);
        Assert.Equal(sample.ContentType!.Split(';')[0], reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal(sample.Bytes, await reply.Content.ReadAsByteArrayAsync());
        Assert.All(sample.Headers.Where(h => h.Key != "X-Request-ID"), h => Assert.Equal(h.Value, reply.Headers.GetValues(h.Key).Single()));
        Assert.Equal(1, api.Emulator.Ledger[0].ScenarioRule);
    }

    [Fact]
    public async Task Reply_can_be_specified_by_status_headers_and_body()
    {
        using Api api = Api.With("""
            {"rules":[{"path":"/public/*","reply":{"status":429,"headers":{"Retry-After":"7"},"body":{"code":429,"msg":"slow"}}},
                      {"path":"/v1/*","reply":{"body":"plain words"}}]}
            """);

        using HttpResponseMessage json = await api.GetAsync("/public/v1/balance");
        using HttpResponseMessage text = await api.GetAsync("/v1/models");

        Assert.Equal((HttpStatusCode.TooManyRequests, 7), (json.StatusCode, (int)json.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal("slow", (string)JsonNode.Parse(await json.Content.ReadAsStringAsync())!["msg"]!);
        Assert.Equal("plain words", await text.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rules_apply_in_order_with_skip_and_times()
    {
        using Api api = Api.With("""
            {"rules":[{"path":"/public/*","skip":1,"times":2,"reply":{"status":503}},{"path":"/public/*","times":1,"reply":{"status":502}}]}
            """);
        List<int> seen = [];
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage reply = await api.GetAsync("/public/v1/balance");
            seen.Add((int)reply.StatusCode);
        }

        Assert.Equal([502, 503, 503, 200, 200], seen);
    }

    [Fact]
    public async Task Probability_is_reproducible_with_the_same_seed()
    {
        List<int> first = await RunAsync();
        List<int> second = await RunAsync();

        Assert.Equal(first, second);
        Assert.Contains(503, first);
        Assert.Contains(200, first);

        static async Task<List<int>> RunAsync()
        {
            using Api api = Api.With("""{"seed":5,"rules":[{"probability":0.5,"reply":{"status":503}}]}""");
            List<int> seen = [];
            for (int i = 0; i < 20; i++)
            {
                using HttpResponseMessage reply = await api.GetAsync("/public/v1/balance");
                seen.Add((int)reply.StatusCode);
            }

            return seen;
        }
    }

    [Fact]
    public async Task Rule_for_a_model_applies_to_its_polls()
    {
        using Api api = Api.With("""{"rules":[{"method":"GET","model":"bytedance/*","reply":{"status":502}}]}""");
        string image = await api.SubmitImageAsync();
        JsonObject video = await api.SubmitAsync(Api.Video, Some.VideoBody());

        using HttpResponseMessage unaffected = await api.GetAsync("/api/v1/model/prediction/" + image);
        using HttpResponseMessage affected = await api.GetAsync("/api/v1/model/prediction/" + video["id"]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadGateway), (unaffected.StatusCode, affected.StatusCode));
    }

    [Theory]
    [InlineData("failed", 200, "failed", "task processing failed (code: generation_failed)")]
    [InlineData("timeout", 200, "timeout", "task timed out")]
    [InlineData("canceled", 200, "canceled", "canceled")]
    [InlineData("expired", 200, "expired", "")]
    [InlineData("stuck", 200, "processing", "")]
    [InlineData("unknown", 200, "post_processing", "")]
    [InlineData("nsfw", 200, "completed", "")]
    [InlineData("empty", 200, "completed", "")]
    [InlineData("failed500", 500, "failed", null)]
    public async Task Task_ends_as_specified(string end, int code, string status, string? error)
    {
        using Api api = Api.With($$$"""{"rules":[{"method":"POST","task":{"end":"{{{end}}}"}}]}""");
        string id = await api.SubmitImageAsync();
        JsonNode data = await AfterAsync(api, id, code);

        Assert.Equal(status, (string)data["status"]!);
        Assert.Equal(error, (string?)data["error"]);
        if (end is "nsfw" or "empty")
        {
            Assert.Empty(data["outputs"]!.AsArray());
            Assert.Equal(end == "nsfw", data["has_nsfw_contents"] is JsonArray);
        }
    }

    [Fact]
    public async Task Failure_can_have_an_error_code_and_message()
    {
        using Api api = new(new EmulatorOptions
        {
            TimeScale = 0,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"method":"POST","task":{"end":"failed","error":"blocked","errorCode":1039}}]}"""),
        });

        JsonObject data = await api.PollAsync(await api.SubmitImageAsync());

        Assert.Equal(("blocked", 1039), ((string)data["error"]!, (int)data["error_code"]!));
        Assert.Null(data["price"]);
    }

    [Fact]
    public async Task Task_can_be_hidden_after_the_submit()
    {
        FakeClock clock = new();
        EmulatorScenario scenario = EmulatorScenario.Parse("""{"rules":[{"method":"POST","task":{"notFoundMilliseconds":1000}}]}""");
        using Api api = new(new EmulatorOptions { Clock = clock, Scenario = scenario });
        string id = await api.SubmitImageAsync();

        using HttpResponseMessage early = await api.GetAsync("/api/v1/model/prediction/" + id);
        clock.Advance(1);
        using HttpResponseMessage later = await api.GetAsync("/api/v1/model/prediction/" + id);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (early.StatusCode, later.StatusCode));
    }

    private static TheoryData<string> Samples(string folder)
    {
        TheoryData<string> data = [];
        foreach (string path in Sample.All.Keys.Where(p => p.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            data.Add(path);
        }

        return data;
    }

    private static async Task<JsonNode> AfterAsync(Api api, string id, int code)
    {
        api.Clock.Advance(60);
        using HttpResponseMessage reply = await api.GetAsync("/api/v1/model/prediction/" + id);
        Assert.Equal(code, (int)reply.StatusCode);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["data"]!;
    }
}
