using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class CatalogTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Catalog_needs_no_key_and_links_to_the_emulator()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/api/v1/models", withKey: false);
        JsonObject catalog = (await reply.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.Equal("200", (string)catalog["code"]!);
        Assert.True(catalog["data"]!.AsArray().Count > 90);
        Assert.StartsWith(_api.Emulator.BaseUri + "static/model/schema/", (string)catalog["data"]![0]!["schema"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("static.atlascloud.ai", catalog.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_with_a_matching_etag_returns_304()
    {
        using HttpResponseMessage first = await _api.GetAsync("/api/v1/models");
        EntityTagHeaderValue tag = first.Headers.ETag!;

        using HttpResponseMessage second = await _api.SendAsync(HttpMethod.Get, "/api/v1/models", headers: h => h.IfNoneMatch.Add(tag));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(tag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("model/schema/black-forest-labs-flux-schnell.json", "application/json")]
    [InlineData("model/readme/black-forest-labs-flux-schnell.md", "text/markdown")]
    [InlineData("model/example/black-forest-labs-flux-schnell.json", "application/json")]
    [InlineData("avatar/alibaba.png", "image/png")]
    public async Task Static_documents_need_no_key(string path, string type)
    {
        using HttpResponseMessage reply = await _api.GetAsync("/static/" + path, withKey: false);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(type, reply.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Each_listed_media_model_but_one_publishes_its_own_schema()
    {
        JsonObject catalog = await _api.ReadAsync("/api/v1/models");
        List<string> missing = [];
        foreach (JsonNode? model in catalog["data"]!.AsArray().Where(m => (string)m!["type"]! != "Text" && (bool?)m["display_console"] != false))
        {
            using HttpResponseMessage reply = await _api.GetAsync(new Uri((string)model!["schema"]!).AbsolutePath, withKey: false);
            if (reply.StatusCode == HttpStatusCode.NotFound)
            {
                missing.Add((string)model["model"]!);
                continue;
            }

            JsonNode input = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["components"]!["schemas"]!["Input"]!;
            Assert.Equal((string)model["model"]!, (string?)input["properties"]!["model"]!["default"]);
            Assert.All(input["required"]!.AsArray(), name => Assert.NotNull(input["properties"]![(string)name!]));
        }

        // A few models of the service publish none.
        Assert.Equal(["bytedance/seedream-v5.0-pro/layer-decomposition"], missing);
    }

    [Theory]
    [InlineData("atlascloud/studio/a-plus-content", "visual_type", "x-multiple")]
    [InlineData("atlascloud/studio/product-visuals", "user_prompt", null)]
    [InlineData("atlascloud/studio/trend-remix", "reference_video", "items")]
    [InlineData("suno/chirp-v5", "lyrics", null)]
    [InlineData("bytedance/seedance-2.5/reference-to-video", "omni_reference_task_type", "enum")]
    [InlineData("bytedance/seedance-2.0-fast/reference-to-video", "reference_audios", "items")]
    [InlineData("bytedance/seed-audio-1.0", "text", null)]
    [InlineData("bytedance/seed-asr-2.0", "audio_url", null)]
    [InlineData("bytedance/seed3d-v2.0/image-to-3d", "image", null)]
    [InlineData("meshy-v7/multi-image-to-3d", "target_formats", "items")]
    public async Task Each_kind_of_model_is_listed_with_its_inputs(string id, string input, string? keyword)
    {
        JsonObject catalog = await _api.ReadAsync("/api/v1/models");
        JsonNode model = catalog["data"]!.AsArray().Single(m => (string)m!["model"]! == id)!;
        JsonObject schema = await _api.ReadAsync(new Uri((string)model["schema"]!).AbsolutePath);

        JsonNode? rules = schema["components"]!["schemas"]!["Input"]!["properties"]![input];

        Assert.NotNull(rules);
        Assert.True(keyword is null || rules[keyword] is not null, rules.ToJsonString());
    }

    [Theory]
    [InlineData("model/schema/openai-gpt-5.4-nano.json")]
    [InlineData("model/schema/no-such-model.json")]
    [InlineData("model/readme/no-such-model.md")]
    public async Task Missing_static_document_returns_404(string path)
    {
        using HttpResponseMessage reply = await _api.GetAsync("/static/" + path, withKey: false);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Chat_models_are_listed_in_OpenAI_format()
    {
        JsonObject list = await _api.ReadAsync("/v1/models");

        Assert.Equal("list", (string)list["object"]!);
        Assert.Contains(list["data"]!.AsArray(), item => (string)item!["id"]! == Some.ChatModel);
        Assert.DoesNotContain(list["data"]!.AsArray(), item => (string)item!["id"]! == Some.ImageModel);
    }

    [Fact]
    public async Task Webhook_keys_need_no_key()
    {
        using HttpResponseMessage reply = await _api.GetAsync("/api/v1/webhooks/jwks.json", withKey: false);

        Assert.Equal("Ed25519", (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["keys"]![0]!["crv"]!);
    }
}
