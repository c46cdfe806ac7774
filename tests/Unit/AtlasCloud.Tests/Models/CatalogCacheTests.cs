
namespace AtlasCloud.Tests;

public sealed class CatalogCacheTests : IDisposable
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    private string Origin => Path.Join(_folder.Path, "catalog", "api.atlascloud.ai");

    private string File => Path.Join(Origin, "models.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cached_returns_the_copy_of_another_client()
    {
        await Client(Some.Service()).Models.ListAsync();
        StubHandler unavailable = new();
        ModelCatalog models = Client(unavailable).Models;

        Assert.Equal((102, true, _clock.GetUtcNow()), (models.Cached.Count, models.IsFresh, models.ReadAt));
        Assert.Equal(102, (await models.ListAsync()).Count);
        Assert.Equal((await Client(Some.Service(), cached: false).Models.ListAsync()).Select(m => $"{m.Id} {m.Price}"), models.Cached.Select(m => $"{m.Id} {m.Price}"));
        Assert.Empty(unavailable.Seen);
    }

    [Fact]
    public async Task ListAsync_writes_no_file_without_a_cache_folder()
    {
        await Client(Some.Service(), cached: false).Models.ListAsync();

        Assert.Empty(_folder.Names);
        Assert.Empty(Client(new StubHandler()).Models.Cached);
    }

    [Theory]
    [InlineData("https://api.atlascloud.ai", "api.atlascloud.ai")]
    [InlineData("https://proxy.example.com:8443", "proxy.example.com_8443")]
    [InlineData("http://127.0.0.1:5005", "loopback_127.0.0.1_5005")]
    [InlineData("http://[::1]:5005", "loopback____1__5005")]
    public async Task ListAsync_uses_one_folder_per_service(string address, string folder)
    {
        await Client(Some.Service(), address: address).Models.ListAsync();

        Assert.Equal([folder], Directory.GetDirectories(Path.Join(_folder.Path, "catalog")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ListAsync_returns_a_stale_copy_and_refreshes_it_in_the_background()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(3));
        TaskCompletionSource answered = new();
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.After(answered.Task, StubReply.Json(Catalog("new/model"))));
        ModelCatalog models = Client(service).Models;

        Assert.Equal(102, (await models.ListAsync()).Count);
        Assert.Equal(102, (await models.ListAsync()).Count);

        answered.SetResult();
        await models.Background;
        Assert.Equal("new/model", Assert.Single(await models.ListAsync()).Id);
        Assert.Equal("new/model", Assert.Single(Client(new StubHandler()).Models.Cached).Id);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task QueueRefresh_makes_a_copy_fresh_when_the_service_answers_304()
    {
        await Client(new StubHandler(StubReply.Json(Catalog("a/b"), 200, ("ETag", "\"v1\"")))).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new(StubReply.Of(304, []));
        ModelCatalog models = Client(service).Models;

        models.QueueRefresh();
        await models.Background;

        Assert.Equal("\"v1\"", service.Seen[0].Headers["If-None-Match"]);
        Assert.Equal(("a/b", true), (models.Cached[0].Id, models.IsFresh));
        ModelCatalog other = Client(new StubHandler()).Models;
        Assert.Equal(("a/b", true), (Assert.Single(other.Cached).Id, other.IsFresh));
    }

    [Fact]
    public async Task ListAsync_refreshes_an_expired_copy_first()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(s_day);

        Assert.Single(await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync());
    }

    [Fact]
    public async Task ListAsync_returns_an_expired_copy_with_a_warning_when_the_service_is_unavailable()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(3 * s_day);
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));
        ModelCatalog models = Client(unavailable).Models;

        List<string> messages = await RecordMessages(() => models.ListAsync());
        Assert.Contains(messages, s => s.StartsWith("Warning: The model catalog is unavailable", StringComparison.Ordinal) && s.Contains("The cached copy (3 days old) is used", StringComparison.Ordinal));

        // Other calls report it as a verbose message only, and no request is sent for a while.
        messages = await RecordMessages(() => models.ResolveAsync(Some.ImageModel));
        Assert.DoesNotContain(messages, s => s.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(messages, s => s.Contains("The cached copy (3 days old) is used", StringComparison.Ordinal));
        Assert.Single(unavailable.Seen);
    }

    [Fact]
    public async Task ListAsync_returns_a_stale_copy_without_a_warning_when_the_service_is_unavailable()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.NameResolutionError));
        ModelCatalog models = Client(unavailable).Models;

        List<string> messages = await RecordMessages(async () =>
        {
            await models.ListAsync();
            await models.Background;
            await models.ListAsync();
            await models.Background;
        });

        Assert.DoesNotContain(messages, s => s.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(messages, s => s.Contains("The cached copy (5 hours old) is used", StringComparison.Ordinal));
        Assert.Single(unavailable.Seen);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task ListAsync_fails_after_one_attempt_without_copy_and_network(HttpRequestError error)
    {
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(error));

        AtlasCloudException failure = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(unavailable).Models.ListAsync());

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, failure.Kind);
        Assert.Single(unavailable.Seen);
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task ListAsync_is_retried_on_503()
    {
        StubHandler shaky = new(StubReply.Text("", 503), StubReply.Json(Catalog("a/b")));

        Assert.Single(await Client(shaky).Models.ListAsync());
    }

    [Fact]
    public async Task ListAsync_with_refresh_throws_when_the_service_is_unavailable()
    {
        await Client(Some.Service()).Models.ListAsync();
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        await Assert.ThrowsAsync<AtlasCloudException>(() => Client(unavailable).Models.ListAsync(refresh: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2")]
    [InlineData("""{"format":1,"source":"https://api.atlascloud.ai/api/v1/models","read":"2026-08-26T09:14:00Z","docum""")]
    [InlineData("""{"format":2,"source":"https://api.atlascloud.ai/api/v1/models","read":"2026-08-26T09:14:00Z","document":[{"model":"a/b"}]}""")]
    [InlineData("""{"format":1,"source":"https://elsewhere.example/api/v1/models","read":"2026-08-26T09:14:00Z","document":[{"model":"a/b"}]}""")]
    [InlineData("""{"format":1,"source":"https://api.atlascloud.ai/api/v1/models","read":"soon","document":[{"model":"a/b"}]}""")]
    [InlineData("""{"format":1,"source":"https://api.atlascloud.ai/api/v1/models","read":"2026-08-26T09:14:00Z","document":[]}""")]
    [InlineData("""{"format":1,"source":"https://api.atlascloud.ai/api/v1/models","read":"2026-08-26T09:14:00Z"}""")]
    public async Task ListAsync_replaces_a_damaged_file(string content)
    {
        WriteFile(content);

        await AssertReplaced();
    }

    [Fact]
    public async Task ListAsync_replaces_a_deeply_nested_file()
    {
        WriteFile(Entry(new string('[', 100_000) + new string(']', 100_000)));

        await AssertReplaced();
    }

    [Fact]
    public async Task Cached_ignores_a_file_of_many_megabytes()
    {
        WriteFile(Entry("""[{"model":"a/b"}]""") + new string(' ', 33 * 1024 * 1024));

        await AssertReplaced();
    }

    [Fact]
    public async Task ListAsync_does_not_send_a_malformed_entity_tag()
    {
        WriteFile(Entry("""[{"model":"a/b"}]""", """ "etag":"x\r\nAuthorization: Bearer y", """));
        _clock.Advance(s_day);
        StubHandler service = new(StubReply.Json(Catalog("new/model")));

        await Client(service).Models.ListAsync();

        Assert.False(service.Seen[0].Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task ListAsync_refreshes_a_copy_from_the_future()
    {
        _clock.Advance(10 * s_day);
        await Client(Some.Service()).Models.ListAsync();
        _clock.SetWall(-5 * s_day);

        Assert.Single(await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync());
    }

    [Fact]
    public async Task ListAsync_works_in_memory_when_the_cache_is_not_writable()
    {
        string file = _folder.Write("taken", []);
        AtlasCloudOptions options = new() { ApiKey = Some.Key, CacheFolder = Path.Join(file, "below") };
        ModelCatalog models = _folder.Own(Some.Client(Some.Service(), _clock, options)).Models;

        Assert.Equal(102, (await models.ListAsync()).Count);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(102, (await models.ListAsync()).Count);
        await models.Background;
        Assert.True(models.IsFresh);
    }

    [Fact]
    public async Task ResolveAsync_refreshes_a_stale_copy_once_for_an_unknown_name()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog("new/model")));

        Assert.Equal("new/model", (await Client(service).Models.ResolveAsync("new/model")).Id);
        int requests = service.Seen.Count;
        await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service).Models.ResolveAsync("never/there"));

        // The background refresh may have completed first.
        Assert.InRange(requests, 1, 2);
        Assert.Equal(requests, service.Seen.Count);
    }

    [Fact]
    public async Task ResolveAsync_throws_ModelNotFound_when_a_stale_copy_cannot_be_refreshed()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        AtlasCloudException failure = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(unavailable).Models.ResolveAsync("never/there"));

        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, failure.Kind);
    }

    [Fact]
    public async Task QueueRefresh_sends_no_request_while_another_process_refreshes()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog("new/model")));
        ModelCatalog models = Client(service).Models;

        using (new FileStream(File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            models.QueueRefresh();
            await models.Background;
            Assert.Empty(service.Seen);
        }

        models.QueueRefresh();
        await models.Background;
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task ListAsync_returns_what_another_process_has_refreshed()
    {
        ModelCatalog models = Client(Some.Service()).Models;
        await models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync(refresh: true);

        // Some file systems store times with a coarse resolution.
        System.IO.File.SetLastWriteTimeUtc(File, System.IO.File.GetLastWriteTimeUtc(File).AddSeconds(2));
        Assert.Equal("new/model", Assert.Single(await models.ListAsync()).Id);
    }

    [Fact]
    public async Task ListAsync_deletes_folders_of_services_that_were_unused_for_long()
    {
        string all = Path.Join(_folder.Path, "catalog");
        Touch("loopback_127.0.0.1_1", TimeSpan.FromHours(25));
        Touch("loopback_127.0.0.1_2", TimeSpan.FromHours(23));
        Touch("old.example.com", TimeSpan.FromDays(61));
        Touch("other.example.com", TimeSpan.FromDays(59));

        await Client(Some.Service()).Models.ListAsync();

        Assert.Equal(
            ["api.atlascloud.ai", "loopback_127.0.0.1_2", "other.example.com"],
            Directory.GetDirectories(all).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

        void Touch(string name, TimeSpan ago)
        {
            string folder = Path.Join(all, name);
            string file = Path.Join(folder, "models.json");
            Directory.CreateDirectory(folder);
            System.IO.File.WriteAllText(file, "{}");
            System.IO.File.SetLastWriteTimeUtc(file, (_clock.GetUtcNow() - ago).UtcDateTime);
            Directory.SetLastWriteTimeUtc(folder, (_clock.GetUtcNow() - ago).UtcDateTime);
        }
    }

    [Fact]
    public async Task ListAsync_leaves_a_complete_file_when_several_clients_write_concurrently()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int round = 0; round < 4; round++)
            {
                StubHandler service = Some.Service();
                await Client(service).Models.ListAsync(refresh: true);
                Assert.Equal(102, Client(new StubHandler()).Models.Cached.Count);
            }
        })));

        Assert.Equal(["models.json"], Directory.GetFiles(Origin).Select(Path.GetFileName));
    }

    private async Task AssertReplaced()
    {
        Assert.Empty(Client(new StubHandler()).Models.Cached);
        await Client(Some.Service()).Models.ListAsync();
        Assert.Equal(102, Client(new StubHandler()).Models.Cached.Count);
    }

    private void WriteFile(string content)
    {
        Directory.CreateDirectory(Origin);
        System.IO.File.WriteAllText(File, content);
    }

    private static string Entry(string document, string more = "") =>
        $$"""{"format":1,"source":"https://api.atlascloud.ai/api/v1/models","read":"2026-08-26T09:14:00Z",{{more}}"document":{{document}}}""";

    private static string Catalog(string id) => $$"""{"code":200,"data":[{"model":"{{id}}","type":"Image"}]}""";

    private AtlasCloudClient Client(StubHandler handler, bool cached = true, string? address = null) => _folder.Own(Some.Client(
        handler,
        _clock,
        new AtlasCloudOptions { ApiKey = Some.Key, CacheFolder = cached ? _folder.Path : null, BaseUri = address is null ? AtlasCloudOptions.DefaultBaseUri : new Uri(address) }));

    private static async Task<List<string>> RecordMessages(Func<Task> action)
    {
        List<string> messages = [];
        using (new AtlasCloudLog((level, text) => { lock (messages) { messages.Add($"{level}: {text}"); } }).Listen())
        {
            await action();
        }

        return messages;
    }
}
