using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class QuoteTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("google/veo3.1-fast/image-to-video", "\"resolution\":\"720p\",\"duration\":4", "0.32", "0.32", "100", null)]
    [InlineData("google/veo3.1-fast/image-to-video", "\"resolution\":\"720p\",\"duration\":8,\"generate_audio\":true", "0.768", "0.768", "100", null)]
    [InlineData("google/veo3.1-fast/image-to-video", "\"resolution\":\"1080p\",\"duration\":8", "0.8", "0.8", "100", null)]
    [InlineData("google/veo3.1-fast/image-to-video", "\"resolution\":\"1080p\",\"duration\":8,\"generate_audio\":true", "0.96", "0.96", "100", null)]
    [InlineData("google/veo3.1-fast/image-to-video", "\"resolution\":\"4k\",\"duration\":8,\"generate_audio\":true", "2.4", "2.4", "100", null)]
    [InlineData("google/veo3.1/image-to-video", "\"resolution\":\"720p\",\"duration\":8,\"generate_audio\":true", "3.2", "3.2", "100", null)]
    [InlineData("kwaivgi/kling-v2.6-pro/image-to-video", "\"duration\":5,\"sound\":true", "0.595", "0.7", "85", null)]
    [InlineData("kwaivgi/kling-v2.6-pro/image-to-video", "\"duration\":5,\"sound\":false", "0.2975", "0.35", "85", null)]
    [InlineData("kwaivgi/kling-v1.6-i2v-standard", "\"duration\":5", "0.238", "0.28", "85", null)]
    [InlineData("kwaivgi/kling-v3.0-pro/motion-control", "\"duration\":6.509", "0.929485", "1.093512", "85", null)]
    [InlineData("bytedance/seedance-2.0/image-to-video", "\"resolution\":\"480p\",\"duration\":5", "0.453716", "0.567146", "80", 50638)]
    [InlineData("bytedance/seedance-2.0/image-to-video", "\"resolution\":\"720p\",\"duration\":5", "0.975744", "1.21968", "80", 108900)]
    [InlineData("bytedance/seedance-2.0/image-to-video", "\"duration\":-1", "0.975744", "1.21968", "80", 108900)]
    [InlineData("bytedance/seedance-2.0/image-to-video", "\"resolution\":\"720p\",\"duration\":10", "1.943424", "2.42928", "80", 216900)]
    [InlineData("bytedance/seedance-2.0/image-to-video", "\"resolution\":\"720p-SR\",\"duration\":5", "0.81669", "1.020862", "80", 50638)]
    [InlineData("xai/grok-imagine-video/text-to-video", "\"resolution\":\"480p\",\"duration\":1", "0.05", "0.05", "100", null)]
    [InlineData("xai/grok-imagine-video/text-to-video", "\"resolution\":\"720p\",\"duration\":1", "0.07", "0.07", "100", null)]
    [InlineData("xai/grok-imagine-video/image-to-video", "\"resolution\":\"720p\",\"duration\":1,\"image_url\":\"https://example.com/a.png\"", "0.072", "0.072", "100", null)]
    public async Task Quotes_match_the_measured_prices(string model, string body, string price, string origin, string discount, int? tokens)
    {
        JsonObject quote = await QuoteAsync(model, body);

        Assert.Equal(price, (string)quote["price"]!);
        Assert.Equal(origin, (string)quote["origin_price"]!);
        Assert.Equal(discount, (string)quote["discount"]!);
        Assert.Equal(tokens, (int?)quote["estimated_tokens"]);
        Assert.Equal(tokens is not null, quote["estimated"] is not null);
        Assert.Null(quote["estimate_partial"]);
    }

    [Theory]
    [InlineData("black-forest-labs/flux-schnell", "\"num_images\":3", "0.009")]
    [InlineData("google/nano-banana-2/text-to-image", "\"resolution\":\"2k\"", "0.08")]
    [InlineData("google/nano-banana-2/text-to-image", "\"resolution\":\"4k\"", "0.16")]
    [InlineData("google/nano-banana-2/text-to-image-developer", "\"prompt\":\"x\"", "0.04")]
    [InlineData("bytedance/seedance-v1.5-pro/text-to-video", "\"prompt\":\"x\"", "0.235")]
    [InlineData("xai/tts-v1", "\"text\":\"0123456789\"", "0.00015")]
    [InlineData("suno/chirp-v5", "\"prompt\":\"a song\"", "0.11")]
    [InlineData("tripo-h3.1/text-to-3d", "\"prompt\":\"a cube\",\"texture\":true", "0.33")]
    [InlineData("tencent/hunyuan3d-rapid/text-to-3d", "\"prompt\":\"a cube\"", "0.225")]
    public async Task Unmeasured_prices_follow_the_catalog(string model, string body, string price)
    {
        JsonObject quote = await QuoteAsync(model, body);

        Assert.Equal(price, (string)quote["price"]!);
    }

    [Fact]
    public async Task Quote_with_an_unknown_reference_video_is_partial()
    {
        JsonObject quote = await QuoteAsync(
            "bytedance/seedance-2.0/reference-to-video", "\"resolution\":\"480p\",\"duration\":5,\"reference_videos\":[\"https://example.com/a.mp4\"]");

        Assert.True((bool)quote["estimate_partial"]!);
        Assert.True((bool)quote["estimated"]!);

        // As measured on the service: the price excludes the unknown part instead of estimating it.
        Assert.Equal(("0.453716", "0.567146", 50638), ((string)quote["price"]!, (string)quote["origin_price"]!, (int)quote["estimated_tokens"]!));
    }

    [Fact]
    public async Task Quote_measures_a_video_that_the_emulator_stores()
    {
        JsonObject made = await _api.FinishAsync(Api.Video, Some.VideoBody());

        JsonObject quote = await QuoteAsync("kwaivgi/kling-v3.0-pro/motion-control", $"\"video\":\"{made["outputs"]![0]}\"");

        Assert.Equal("0.5712", (string)quote["price"]!);
        Assert.Null(quote["estimate_partial"]);
    }

    [Theory]
    [InlineData("bytedance/seedance-2.0")]
    [InlineData("deepseek-ai/deepseek-v3.2")]
    public async Task Quote_without_a_price_returns_the_service_error(string model)
    {
        using HttpResponseMessage reply = await _api.PostAsync("/api/v1/model/calculate", $$"""{"model":"{{model}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("failed to evaluate price", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("atlascloud/studio/a-plus-content", "\"visual_type\":\"hero\"", "0.1408")]
    [InlineData("atlascloud/studio/a-plus-content", "\"visual_type\":\"hero,feature,spec\"", "0.3808")]
    [InlineData("atlascloud/studio/product-visuals", "\"user_prompt\":\"x\"", "0.48")]
    [InlineData("atlascloud/studio/product-visuals", "\"visual_type\":\"product_hero\",\"ratio\":\"9:16\",\"resolution\":\"2k\",\"format\":\"png\",\"count\":1", "0.2593")]
    public async Task Studio_quotes_match_the_measured_prices(string model, string body, string price) => Assert.Equal(price, (string)(await QuoteAsync(model, body))["price"]!);

    [Fact]
    public async Task Image_that_is_billed_by_tokens_is_settled_below_its_ceiling()
    {
        JsonObject quote = await QuoteAsync("openai/gpt-image-2/text-to-image", "\"prompt\":\"x\",\"n\":4");
        JsonObject made = await _api.FinishAsync(Api.Image, """{"model":"openai/gpt-image-2/text-to-image","prompt":"x"}""");

        Assert.NotNull(quote["estimated_tokens"]);
        Assert.Equal("0.00675", (string)made["price"]!);
        Assert.Equal(100m - 0.00675m, _api.Emulator.Balance);
    }

    [Theory]
    [InlineData("\"hero,spec\"", HttpStatusCode.OK)]
    [InlineData("\"hero, spec\"", HttpStatusCode.OK)]
    [InlineData("[\"hero\",\"spec\"]", HttpStatusCode.BadRequest)]
    [InlineData("\"hero,,spec\"", HttpStatusCode.BadRequest)]
    [InlineData("\"hero,nose\"", HttpStatusCode.BadRequest)]
    public async Task Submit_with_several_choices_is_accepted_only_as_a_list_in_one_string(string choices, HttpStatusCode expected)
    {
        using HttpResponseMessage reply = await _api.PostAsync(Api.Image, $$"""{"model":"atlascloud/studio/a-plus-content","visual_type":{{choices}}}""");

        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task Quote_creates_no_charge()
    {
        await QuoteAsync(Some.ImageModel, "\"prompt\":\"x\"");

        Assert.Empty(_api.Emulator.Charges);
        Assert.Equal(100m, _api.Emulator.Balance);
    }

    private async Task<JsonObject> QuoteAsync(string model, string body) =>
        await _api.SubmitAsync("/api/v1/model/calculate", $$"""{"model":"{{model}}",{{body}}}""");
}
