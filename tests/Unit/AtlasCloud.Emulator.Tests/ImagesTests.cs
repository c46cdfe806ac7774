using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

/// <summary>The image paths of OpenAI, whose existence is disputed, and the paths that do not exist (API reference, section 15.7).</summary>
public sealed class ImagesTests
{
    private const string Body = """{"model":"openai/gpt-image-2/text-to-image","prompt":"fog","size":"1024x1024","response_format":"FORMAT"}""";

    [Theory]
    [InlineData("/v1/images/generations")]
    [InlineData("/v1/images/edits")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/audio/speech")]
    [InlineData("/v1/audio/transcriptions")]
    public async Task Path_that_does_not_exist_returns_404_with_a_key_and_401_without_and_charges_nothing(string path)
    {
        using Api api = new();

        using HttpResponseMessage known = await api.PostAsync(path, Body);
        using HttpResponseMessage unknown = await api.SendAsync(HttpMethod.Post, path, new StringContent(Body, null, "application/json"), withKey: false);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (known.StatusCode, unknown.StatusCode));
        Assert.Empty(api.Emulator.Charges);
    }

    [Theory]
    [InlineData("/v1/images/generations")]
    [InlineData("/v1/images/edits")]
    public async Task Images_are_returned_immediately_if_the_option_is_set(string path)
    {
        using Api api = new(new EmulatorOptions { TimeScale = 0, ServesOpenAIImages = true });

        JsonNode addresses = await ReadAsync(api, path, "url");
        JsonNode contents = await ReadAsync(api, path, "b64_json");

        Assert.Single(addresses["data"]!.AsArray());
        using HttpResponseMessage image = await api.DownloadAsync((string)addresses["data"]![0]!["url"]!);
        byte[] content = Convert.FromBase64String((string)contents["data"]![0]!["b64_json"]!);
        Assert.All([await image.Content.ReadAsByteArrayAsync(), content], png => Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]));
        Assert.Equal(2, api.Emulator.Charges.Count);
        Assert.All(api.Emulator.Charges, c => Assert.Equal(ChargeState.Charged, c.State));
    }

    [Theory]
    [InlineData("""{"prompt":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"no/such-model","prompt":"x"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"model":"openai/gpt-5.4-nano","prompt":"x"}""", HttpStatusCode.BadRequest)]
    public async Task Invalid_request_is_refused_and_charges_nothing(string body, HttpStatusCode expected)
    {
        using Api api = new(new EmulatorOptions { TimeScale = 0, ServesOpenAIImages = true });

        using HttpResponseMessage reply = await api.PostAsync("/v1/images/generations", body);

        Assert.Equal(expected, reply.StatusCode);
        Assert.Empty(api.Emulator.Charges);
    }

    [Fact]
    public async Task Failed_task_is_an_error()
    {
        EmulatorScenario scenario = EmulatorScenario.Parse("""{"rules":[{"path":"/v1/images/*","task":{"end":"failed","error":"out of memory"}}]}""");
        using Api api = new(new EmulatorOptions { TimeScale = 0, ServesOpenAIImages = true, Scenario = scenario });

        using HttpResponseMessage reply = await api.PostAsync("/v1/images/generations", Body.Replace("FORMAT", "url", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.Contains("out of memory", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ReadAsync(Api api, string path, string format)
    {
        using HttpResponseMessage reply = await api.PostAsync(path, Body.Replace("FORMAT", format, StringComparison.Ordinal));
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }
}
