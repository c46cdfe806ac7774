namespace AtlasCloud.Tests;

public sealed class ModelCatalogTests
{
    [Fact]
    public async Task Every_recorded_model_is_read()
    {
        IReadOnlyList<Model> models = await Some.Client(Some.Service()).Models.ListAsync();

        Assert.Equal((102, 22), (models.Count, models.Count(m => m.IsHidden)));
    }

    [Theory]
    [InlineData("google/nano-banana-2/text-to-image", "Image", ModelKind.Image, "from 0.08/image")]
    [InlineData("bytedance/seedance-2.0/text-to-video", "Video", ModelKind.Video, "from 0.112/second")]
    [InlineData("tripo-h3.1/text-to-3d", "Image", ModelKind.ThreeD, "from 0.22/image")]
    [InlineData("elevenlabs/v3/text-to-speech", "Audio", ModelKind.Speech, "from 0.09/1k_chars")]
    [InlineData("bytedance/seed-audio-1.0", "Audio", ModelKind.Speech, "from 0.015/minute")]
    [InlineData("bytedance/seed-asr-2.0", "Audio", ModelKind.Transcription, "from 0.0105/minute")]
    [InlineData("suno/chirp-v5", "Audio", ModelKind.Music, "from 0.11/generation")]
    [InlineData("minimax/lyrics-generation", "Audio", ModelKind.Music, "from 0.01/generation")]
    [InlineData("veed/lipsync", "Video", ModelKind.Video, "from 0.0132/second")]
    [InlineData("deepseek-ai/deepseek-v3.2", "Text", ModelKind.Chat, "0.26 in, 0.38 out per 1M tokens")]
    public async Task A_model_is_known_by_what_it_makes_and_costs(string id, string type, ModelKind kind, string price)
    {
        Model model = await Some.Client(Some.Service()).Models.ResolveAsync(id);

        Assert.Equal((type, kind, price), (model.Type, model.Kind, model.Price?.ToString()));
    }

    [Fact]
    public async Task The_catalog_is_asked_for_once_in_five_minutes_and_then_beside_what_is_done()
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
    public async Task Many_that_ask_at_once_share_one_answer()
    {
        StubHandler service = Some.Service();
        ModelCatalog models = Some.Client(service).Models;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => models.ListAsync()));

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_refresh_asks_again()
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
    public async Task An_empty_catalog_is_no_catalog(string body)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, (await Assert.ThrowsAsync<AtlasCloudException>(() => client.Models.ListAsync())).Kind);
    }

    [Fact]
    public async Task Without_a_catalog_a_model_is_submitted_as_it_is_written()
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Text("down", 503))
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request("new/model"), GenerationKind.Image);

        Assert.Equal("new/model", service.SeenAt("/model/generate")[0].Json["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_model_is_submitted_in_the_catalogs_spelling()
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request("GOOGLE/Nano-Banana-2/text-to-image"), GenerationKind.Image);

        Assert.Equal(Some.ImageModel, service.SeenAt("/model/generate")[0].Json["model"]!.GetValue<string>());
    }
}
