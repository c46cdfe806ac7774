using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class SchemaCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Another_client_finds_the_inputs_on_disk()
    {
        await Find(Some.Service(), Some.ImageModel);
        StubHandler nobody = new();

        AtlasCloudClient other = Client(nobody);
        ModelSchema? schema = other.Models.KnownSchema(Find(other, Some.ImageModel));

        Assert.Contains(schema!.Parameters, p => p.Name == "aspect_ratio");
        Assert.NotNull(await other.Models.FindSchemaAsync(Find(other, Some.ImageModel), Some.NoStop));
        Assert.Empty(nobody.Seen);
    }

    [Fact]
    public async Task That_a_model_has_none_is_kept_too()
    {
        StubHandler service = Some.Service();
        Assert.Null(await Find(service, "xai/tts-v1"));
        StubHandler nobody = new();

        Assert.Null(await Find(nobody, "xai/tts-v1"));
        Assert.Empty(nobody.Seen);
    }

    [Fact]
    public async Task A_failure_is_not_kept_on_disk_and_not_asked_for_again_at_once()
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
            .When("/model/schema/", StubReply.Text("", 503));
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();
        Model model = Find(client, Some.ImageModel);

        Assert.Null(await client.Models.FindSchemaAsync(model, Some.NoStop));
        int asked = service.Seen.Count;
        Assert.Null(await client.Models.FindSchemaAsync(model, Some.NoStop));
        Assert.Equal(asked, service.Seen.Count);

        Assert.NotNull(await Find(Some.Service(), Some.ImageModel));
    }

    [Fact]
    public async Task An_old_copy_serves_where_nobody_answers()
    {
        await Find(Some.Service(), Some.ImageModel);
        _clock.Advance(TimeSpan.FromDays(3));
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        Assert.NotNull(await Find(nobody, Some.ImageModel));
    }

    [Fact]
    public async Task Many_that_want_one_schema_share_one_answer()
    {
        StubHandler service = Some.Service();
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Models.FindSchemaAsync(Find(client, Some.ImageModel), Some.NoStop)));

        Assert.Single(service.SeenAt("/model/schema/"));
    }

    [Theory]
    [InlineData("deepseek-ai/DeepSeek-V3.1", "deepseek-ai/deepseek-v3.1")]
    [InlineData("a/b-c", "a/b/c")]
    public void Names_that_are_alike_have_files_of_their_own(string one, string other) =>
        Assert.NotEqual(DocumentCache.FileName(one), DocumentCache.FileName(other), StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\x:y*?\u0000")]
    [InlineData("....")]
    public void No_name_leaves_the_folder(string id)
    {
        string name = DocumentCache.FileName(id);

        Assert.Matches("^[a-z0-9._-]+$", name);
        Assert.DoesNotContain("/", name, StringComparison.Ordinal);
        Assert.False(name.StartsWith("..", StringComparison.Ordinal));
    }

    private async Task<ModelSchema?> Find(StubHandler service, string id)
    {
        AtlasCloudClient client = Client(service);
        await client.Models.ListAsync();
        ModelSchema? schema = await client.Models.FindSchemaAsync(Find(client, id), Some.NoStop);
        await client.Models.Background;
        return schema;
    }

    private static Model Find(AtlasCloudClient client, string id) => client.Models.Known.First(m => m.Id == id);

    private AtlasCloudClient Client(StubHandler handler) =>
        _folder.Own(Some.Client(handler, _clock, new AtlasCloudOptions { ApiKey = Some.Key, CacheFolder = _folder.Path }));
}
