
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
    public async Task Another_client_finds_the_catalog_on_disk()
    {
        await Client(Some.Service()).Models.ListAsync();
        StubHandler nobody = new();
        ModelCatalog models = Client(nobody).Models;

        Assert.Equal((102, true, _clock.GetUtcNow()), (models.Known.Count, models.IsFresh, models.ReadAt));
        Assert.Equal(102, (await models.ListAsync()).Count);
        Assert.Equal((await Client(Some.Service(), cached: false).Models.ListAsync()).Select(m => $"{m.Id} {m.Price}"), models.Known.Select(m => $"{m.Id} {m.Price}"));
        Assert.Empty(nobody.Seen);
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_kept_on_disk()
    {
        await Client(Some.Service(), cached: false).Models.ListAsync();

        Assert.Empty(_folder.Names);
        Assert.Empty(Client(new StubHandler()).Models.Known);
    }

    [Theory]
    [InlineData("https://api.atlascloud.ai", "api.atlascloud.ai")]
    [InlineData("https://proxy.example.com:8443", "proxy.example.com_8443")]
    [InlineData("http://127.0.0.1:5005", "loopback_127.0.0.1_5005")]
    [InlineData("http://[::1]:5005", "loopback____1__5005")]
    public async Task Each_service_has_a_folder_of_its_own(string address, string folder)
    {
        await Client(Some.Service(), address: address).Models.ListAsync();

        Assert.Equal([folder], Directory.GetDirectories(Path.Join(_folder.Path, "catalog")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_stale_copy_is_used_at_once_and_read_anew_beside_that()
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
        Assert.Equal("new/model", Assert.Single(Client(new StubHandler()).Models.Known).Id);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task What_the_service_confirms_is_young_again()
    {
        await Client(new StubHandler(StubReply.Json(Catalog("a/b"), 200, ("ETag", "\"v1\"")))).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new(StubReply.Of(304, []));
        ModelCatalog models = Client(service).Models;

        models.RefreshSoon();
        await models.Background;

        Assert.Equal("\"v1\"", service.Seen[0].Headers["If-None-Match"]);
        Assert.Equal(("a/b", true), (models.Known[0].Id, models.IsFresh));
        ModelCatalog other = Client(new StubHandler()).Models;
        Assert.Equal(("a/b", true), (Assert.Single(other.Known).Id, other.IsFresh));
    }

    [Fact]
    public async Task An_old_copy_is_read_anew_before_it_is_used()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(s_day);

        Assert.Single(await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync());
    }

    [Fact]
    public async Task An_old_copy_is_used_with_a_warning_where_nobody_answers()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(3 * s_day);
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));
        ModelCatalog models = Client(nobody).Models;

        List<string> said = await Hear(() => models.ListAsync());
        Assert.Contains(said, s => s.StartsWith("Warning: The model catalog could not be read", StringComparison.Ordinal) && s.Contains("3 days ago", StringComparison.Ordinal));

        // Others say it to who asks only; and for a while nobody is asked again.
        said = await Hear(() => models.ResolveAsync(Some.ImageModel));
        Assert.DoesNotContain(said, s => s.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("3 days ago", StringComparison.Ordinal));
        Assert.Single(nobody.Seen);
    }

    [Fact]
    public async Task A_stale_copy_is_used_without_a_warning_where_nobody_answers()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(HttpRequestError.NameResolutionError));
        ModelCatalog models = Client(nobody).Models;

        List<string> said = await Hear(async () =>
        {
            await models.ListAsync();
            await models.Background;
            await models.ListAsync();
            await models.Background;
        });

        Assert.DoesNotContain(said, s => s.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("A copy of 5 hours ago is used", StringComparison.Ordinal));
        Assert.Single(nobody.Seen);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task Without_copy_and_network_it_fails_after_one_try(HttpRequestError error)
    {
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(error));

        AtlasCloudException failure = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(nobody).Models.ListAsync());

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, failure.Kind);
        Assert.Single(nobody.Seen);
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task A_service_that_has_trouble_is_asked_again()
    {
        StubHandler shaky = new(StubReply.Text("", 503), StubReply.Json(Catalog("a/b")));

        Assert.Single(await Client(shaky).Models.ListAsync());
    }

    [Fact]
    public async Task A_refresh_that_fails_is_a_failure()
    {
        await Client(Some.Service()).Models.ListAsync();
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        await Assert.ThrowsAsync<AtlasCloudException>(() => Client(nobody).Models.ListAsync(refresh: true));
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
    public async Task A_damaged_file_is_replaced(string content)
    {
        Plant(content);

        await CheckReplaced();
    }

    [Fact]
    public async Task A_file_nested_beyond_reason_is_replaced()
    {
        Plant(Entry(new string('[', 100_000) + new string(']', 100_000)));

        await CheckReplaced();
    }

    [Fact]
    public async Task A_file_of_many_megabytes_is_not_read()
    {
        Plant(Entry("""[{"model":"a/b"}]""") + new string(' ', 33 * 1024 * 1024));

        await CheckReplaced();
    }

    [Fact]
    public async Task A_tag_that_is_none_is_not_sent()
    {
        Plant(Entry("""[{"model":"a/b"}]""", """ "etag":"x\r\nAuthorization: Bearer y", """));
        _clock.Advance(s_day);
        StubHandler service = new(StubReply.Json(Catalog("new/model")));

        await Client(service).Models.ListAsync();

        Assert.False(service.Seen[0].Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task A_copy_from_the_future_is_not_trusted()
    {
        _clock.Advance(10 * s_day);
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(-5 * s_day);

        Assert.Single(await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync());
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_done_without()
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
    public async Task A_name_that_a_stale_copy_lacks_is_looked_for_anew_once()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog("new/model")));

        Assert.Equal("new/model", (await Client(service).Models.ResolveAsync("new/model")).Id);
        int asked = service.Seen.Count;
        await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service).Models.ResolveAsync("never/there"));

        // The one in the background may have come first.
        Assert.InRange(asked, 1, 2);
        Assert.Equal(asked, service.Seen.Count);
    }

    [Fact]
    public async Task A_name_that_a_stale_copy_lacks_is_none_where_nobody_answers()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler nobody = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        AtlasCloudException failure = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(nobody).Models.ResolveAsync("never/there"));

        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, failure.Kind);
    }

    [Fact]
    public async Task While_another_process_reads_nobody_else_does_so_in_the_background()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog("new/model")));
        ModelCatalog models = Client(service).Models;

        using (new FileStream(File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            models.RefreshSoon();
            await models.Background;
            Assert.Empty(service.Seen);
        }

        models.RefreshSoon();
        await models.Background;
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task What_another_process_read_meanwhile_is_used()
    {
        ModelCatalog models = Client(Some.Service()).Models;
        await models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await Client(new StubHandler(StubReply.Json(Catalog("new/model")))).Models.ListAsync(refresh: true);

        // The times that a file system tells apart may be coarse.
        System.IO.File.SetLastWriteTimeUtc(File, System.IO.File.GetLastWriteTimeUtc(File).AddSeconds(2));
        Assert.Equal("new/model", Assert.Single(await models.ListAsync()).Id);
    }

    [Fact]
    public async Task Folders_of_services_that_nobody_asked_for_long_are_removed()
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
    public async Task Many_that_write_at_once_leave_a_whole_file()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int round = 0; round < 4; round++)
            {
                StubHandler service = Some.Service();
                await Client(service).Models.ListAsync(refresh: true);
                Assert.Equal(102, Client(new StubHandler()).Models.Known.Count);
            }
        })));

        Assert.Equal(["models.json"], Directory.GetFiles(Origin).Select(Path.GetFileName));
    }

    private async Task CheckReplaced()
    {
        Assert.Empty(Client(new StubHandler()).Models.Known);
        await Client(Some.Service()).Models.ListAsync();
        Assert.Equal(102, Client(new StubHandler()).Models.Known.Count);
    }

    private void Plant(string content)
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

    private static async Task<List<string>> Hear(Func<Task> action)
    {
        List<string> said = [];
        using (new AtlasCloudLog((level, text) => { lock (said) { said.Add($"{level}: {text}"); } }).Listen())
        {
            await action();
        }

        return said;
    }
}
