namespace AtlasCloud.Tests;

public sealed class ModelCatalogTests
{
    [Fact]
    public async Task ListAsync_reads_every_recorded_model()
    {
        IReadOnlyList<Model> models = await Some.Client(Some.Service()).Models.ListAsync();

        Assert.Equal((102, 22), (models.Count, models.Count(m => m.IsHidden)));
    }

    [Theory]
    [InlineData("google/nano-banana-2/text-to-image", "Image", ModelKind.Image, "from 0.08/image")]
    [InlineData("bytedance/seedance-2.0/text-to-video", "Video", ModelKind.Video, "from 0.112/second")]
    [InlineData("tripo-h3.1/text-to-3d", "Image", ModelKind.ThreeD, "from 0.22/model")]
    [InlineData("elevenlabs/v3/text-to-speech", "Audio", ModelKind.Speech, "from 0.09/1k_chars")]
    [InlineData("bytedance/seed-audio-1.0", "Audio", ModelKind.Speech, "from 0.015/minute")]
    [InlineData("bytedance/seed-asr-2.0", "Audio", ModelKind.Transcription, "from 0.0105/minute")]
    [InlineData("suno/chirp-v5", "Audio", ModelKind.Music, "from 0.11/generation")]
    [InlineData("minimax/lyrics-generation", "Audio", ModelKind.Music, "from 0.01/generation")]
    [InlineData("veed/lipsync", "Video", ModelKind.Video, "from 0.0132/second")]
    [InlineData("deepseek-ai/deepseek-v3.2", "Text", ModelKind.Chat, "0.26 in, 0.38 out per 1M tokens")]
    public async Task ResolveAsync_returns_type_kind_and_price(string id, string type, ModelKind kind, string price)
    {
        Model model = await Some.Client(Some.Service()).Models.ResolveAsync(id);

        Assert.Equal((type, kind, price), (model.Type, model.Kind, model.Pricing?.ToString()));
    }

    [Theory]
    [InlineData("google/nano-banana-2/text-to-image", "0.08", "image")]
    [InlineData("tripo-h3.1/text-to-3d", "0.22", "model")]
    [InlineData("deepseek-ai/deepseek-v3.2", "0.26", "1m_tokens")]
    public async Task Price_is_a_number_per_unit(string id, string price, string unit)
    {
        Model model = await Some.Client(Some.Service()).Models.ResolveAsync(id);

        Assert.Equal((decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), unit, "usd"), (model.Price, model.PriceUnit, model.Currency));
        Assert.Null(new Model { Id = "x", Type = "Image" }.Price);
    }

    [Fact]
    public async Task ListAsync_sends_one_request_in_five_minutes()
    {
        FakeClock clock = new();
        StubHandler service = Some.Service();
        ModelCatalog models = Some.Client(service, clock).Models;

        await models.ListAsync();
        clock.Advance(TimeSpan.FromSeconds(299));
        await models.ListAsync();
        Assert.Single(service.Seen);

        clock.Advance(TimeSpan.FromSeconds(2));
        await models.ListAsync();
        await models.Background;
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task ListAsync_sends_one_request_for_concurrent_callers()
    {
        StubHandler service = Some.Service();
        ModelCatalog models = Some.Client(service).Models;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => models.ListAsync()));

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task ListAsync_with_refresh_sends_a_request()
    {
        StubHandler service = Some.Service();
        ModelCatalog models = Some.Client(service).Models;

        await models.ListAsync();
        await models.ListAsync(refresh: true);

        Assert.Equal(2, service.Seen.Count);
    }

    [Theory]
    [InlineData("""{"code":200,"data":[]}""")]
    [InlineData("""{"code":200,"data":"soon"}""")]
    [InlineData("<html>")]
    public async Task ListAsync_throws_UnexpectedReply_for_a_catalog_without_models(string body)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, (await Assert.ThrowsAsync<AtlasCloudException>(() => client.Models.ListAsync())).Kind);
    }

    [Fact]
    public async Task CreateAsync_sends_the_name_as_given_when_the_catalog_is_unavailable_and_validation_is_skipped()
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Text("down", 503))
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request("new/model") with { SkipValidation = true }, GenerationKind.Image);

        Assert.Equal("new/model", service.SeenAt("/model/generate")[0].Json["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task CreateAsync_sends_the_ID_in_the_spelling_of_the_catalog()
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request("GOOGLE/Nano-Banana-2/text-to-image"), GenerationKind.Image);

        Assert.Equal(Some.ImageModel, service.SeenAt("/model/generate")[0].Json["model"]!.GetValue<string>());
    }
}
