using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class SchemaCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetCachedSchema_returns_the_copy_of_another_client()
    {
        await Find(Some.Service(), Some.ImageModel);
        StubHandler unavailable = new();

        AtlasCloudClient other = Client(unavailable);
        ModelSchema? schema = other.Models.GetCachedSchema(Find(other, Some.ImageModel));

        Assert.Contains(schema!.Parameters, p => p.Name == "aspect_ratio");
        Assert.NotNull(await other.Models.TryGetSchemaAsync(Find(other, Some.ImageModel), Some.NoStop));
        Assert.Empty(unavailable.Seen);
    }

    [Fact]
    public async Task TryGetSchemaAsync_caches_that_a_model_publishes_no_inputs()
    {
        StubHandler service = Some.Service();
        Assert.Null(await Find(service, "xai/tts-v1"));
        StubHandler unavailable = new();

        Assert.Null(await Find(unavailable, "xai/tts-v1"));
        Assert.Empty(unavailable.Seen);
    }

    [Fact]
    public async Task TryGetSchemaAsync_does_not_cache_a_failure_on_disk_or_repeat_it_within_a_minute()
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
            .When("/model/schema/", StubReply.Text("", 503));
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();
        Model model = Find(client, Some.ImageModel);

        Assert.Null(await client.Models.TryGetSchemaAsync(model, Some.NoStop));
        int requests = service.Seen.Count;
        Assert.Null(await client.Models.TryGetSchemaAsync(model, Some.NoStop));
        Assert.Equal(requests, service.Seen.Count);

        Assert.NotNull(await Find(Some.Service(), Some.ImageModel));
    }

    [Fact]
    public async Task TryGetSchemaAsync_returns_an_expired_copy_when_the_service_is_unavailable()
    {
        await Find(Some.Service(), Some.ImageModel);
        _clock.Advance(TimeSpan.FromDays(3));
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        Assert.NotNull(await Find(unavailable, Some.ImageModel));
    }

    [Fact]
    public async Task TryGetSchemaAsync_sends_one_request_for_concurrent_callers()
    {
        StubHandler service = Some.Service();
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Models.TryGetSchemaAsync(Find(client, Some.ImageModel), Some.NoStop)));

        Assert.Single(service.SeenAt("/model/schema/"));
    }

    [Theory]
    [InlineData("deepseek-ai/DeepSeek-V3.1", "deepseek-ai/deepseek-v3.1")]
    [InlineData("a/b-c", "a/b/c")]
    public void GetFileName_differs_for_similar_IDs(string one, string other) =>
        Assert.NotEqual(CacheFolder.GetFileName(one), CacheFolder.GetFileName(other), StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\x:y*?\u0000")]
    [InlineData("....")]
    public void GetFileName_never_leaves_the_folder(string id)
    {
        string name = CacheFolder.GetFileName(id);

        Assert.Matches("^[a-z0-9._-]+$", name);
        Assert.DoesNotContain("/", name, StringComparison.Ordinal);
        Assert.False(name.StartsWith("..", StringComparison.Ordinal));
    }

    private async Task<ModelSchema?> Find(StubHandler service, string id)
    {
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();
        ModelSchema? schema = await client.Models.TryGetSchemaAsync(Find(client, id), Some.NoStop);
        await client.Models.Background;
        return schema;
    }

    private static Model Find(AtlasCloudClient client, string id) => client.Models.Cached.First(m => m.Id == id);

    private AtlasCloudClient Client(StubHandler handler) =>
        _folder.Own(Some.Client(handler, _clock, new AtlasCloudOptions { ApiKey = Some.Key, CacheFolder = _folder.Path }));
}
