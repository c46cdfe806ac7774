using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests;

public sealed class SessionCheckerTests : IDisposable
{
    private const string Catalog = """{"code":"200","data":[{"model":"a/b","type":"Image"},{"model":"c/d","type":"Text"}]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_checks_pass_and_leave_no_files_when_everything_works()
    {
        StubHandler handler = new(CatalogAt(_clock.GetUtcNow()), Fixture.Reply("billing/balance-live.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, _clock));

        Assert.Equal(["Proxy", "Reach", "Clock", "Key", "Balance", "Catalog", "Cache", "State"], checks.Select(c => c.Name));
        Assert.All(checks, c => Assert.Equal(("Passed", null), (c.Status, c.Fix)));
        Assert.Equal("api.atlascloud.ai responded in 0 ms with 2 models", Find(checks, "Reach").Detail);
        Assert.Equal("from $env:SOME_KEY, accepted", Find(checks, "Key").Detail);
        Assert.Equal("23.555722 usd available", Find(checks, "Balance").Detail);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Unreachable_service_is_tried_once_and_the_remaining_checks_are_skipped(HttpRequestError error)
    {
        StubHandler handler = new(StubReply.Fault(error));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Single(handler.Seen);
        Assert.Equal("Failed", Find(checks, "Reach").Status);
        Assert.Contains("-BaseUri", Find(checks, "Reach").Fix, StringComparison.Ordinal);
        Assert.All(["Clock", "Key", "Balance"], name => Assert.Equal("Skipped", Find(checks, name).Status));
    }

    [Fact]
    public async Task Reach_check_fails_after_ten_seconds_without_a_response()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Silence(() => _clock.Advance(TimeSpan.FromSeconds(10)))), _clock);

        IReadOnlyList<SessionCheck> checks = await RunAsync(client);

        Assert.Contains("within 10 s", Find(checks, "Reach").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_throw_OperationCanceledException_when_they_are_canceled()
    {
        using CancellationTokenSource stop = new();
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Silence(stop.Cancel)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(client, stop.Token));
    }

    [Theory]
    [InlineData("errors/401-msg.json")]
    [InlineData("errors/401-message.json")]
    [InlineData("errors/401-error-string.json")]
    public async Task Wrong_address_is_reported_when_the_public_catalog_returns_401(string file)
    {
        StubHandler handler = new(Fixture.Reply(file), Fixture.Reply("errors/public-401.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Contains("the base URL is wrong, not the API key", Find(checks, "Reach").Detail, StringComparison.Ordinal);
        Assert.Equal("Skipped", Find(checks, "Key").Status);
    }

    [Fact]
    public async Task Key_check_fails_when_only_the_balance_returns_401()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-401.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Equal(("Failed", "Skipped"), (Find(checks, "Key").Status, Find(checks, "Balance").Status));
        Assert.Contains("Invalid API key", Find(checks, "Key").Detail, StringComparison.Ordinal);
        Assert.Contains("console/api-keys", Find(checks, "Key").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_check_explains_how_long_an_access_token_is_valid()
    {
        AtlasCloudOptions options = new() { ApiKey = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl" };
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-401.json"));

        SessionCheck key = Find(await RunAsync(Some.Client(handler, options: options)), "Key");

        Assert.Equal("Failed", key.Status);
        Assert.Contains("15 minutes", key.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_check_names_the_scope_that_an_access_token_lacks()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-403-insufficient-scope.json"));

        SessionCheck balance = Find(await RunAsync(Some.Client(handler)), "Balance");

        Assert.Equal("Warning", balance.Status);
        Assert.Contains("the scope billing:read", balance.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_check_passes_when_the_key_may_not_read_the_balance()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-403.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Equal(("Passed", "Warning"), (Find(checks, "Key").Status, Find(checks, "Balance").Status));
    }

    [Fact]
    public async Task Balance_check_fails_when_the_balance_is_negative()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("billing/balance-negative.json"));

        SessionCheck balance = Find(await RunAsync(Some.Client(handler)), "Balance");

        Assert.Equal(("Failed", "-1.204500 usd available"), (balance.Status, balance.Detail));
        Assert.Contains("console/billing", balance.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html><title>Sign in</title></html>", "not like the Atlas Cloud API")]
    [InlineData(200, """{"data":[]}""", "not like the Atlas Cloud API")]
    [InlineData(404, "not here", "HTTP 404")]
    [InlineData(302, "", "HTTP 302")]
    [InlineData(503, "busy", "HTTP 503")]
    public async Task Reach_check_fails_when_something_else_responds(int status, string body, string detail)
    {
        StubHandler handler = new(StubReply.Text(body, status), StubReply.Text(body, status));

        SessionCheck reach = Find(await RunAsync(Some.Client(handler)), "Reach");

        Assert.Equal("Failed", reach.Status);
        Assert.Contains(detail, reach.Detail, StringComparison.Ordinal);
        Assert.NotNull(reach.Fix);
    }

    [Theory]
    [InlineData(29, "Passed", "agrees with the service")]
    [InlineData(-29, "Passed", "agrees with the service")]
    [InlineData(31, "Warning", "31 s behind the service")]
    [InlineData(-7200, "Warning", "2 h ahead of the service")]
    public async Task Clock_check_warns_when_the_clocks_differ_by_more_than_30_seconds(int offset, string status, string detail)
    {
        StubHandler handler = new(CatalogAt(_clock.GetUtcNow().AddSeconds(offset)), Fixture.Reply("billing/balance-live.json"));

        SessionCheck check = Find(await RunAsync(Some.Client(handler, _clock)), "Clock");

        Assert.Equal((status, detail), (check.Status, check.Detail));
        Assert.Equal(status == "Warning", check.Fix is not null);
    }

    [Fact]
    public async Task Reach_check_passes_and_the_balance_is_skipped_without_a_key()
    {
        StubHandler handler = new(StubReply.Json(Catalog));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, options: new AtlasCloudOptions()));

        Assert.Single(handler.Seen);
        Assert.Equal(("Passed", "Failed", "Skipped"), (Find(checks, "Reach").Status, Find(checks, "Key").Status, Find(checks, "Balance").Status));
    }

    [Fact]
    public async Task Proxy_check_names_host_and_port_without_the_password()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, Proxy = new Uri("http://user:secret@proxy.example.com:3128") };

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(new StubHandler(StubReply.Fault(HttpRequestError.ProxyTunnelError)), options: options));

        Assert.Equal("proxy.example.com:3128, from -Proxy", Find(checks, "Proxy").Detail);
        Assert.Contains("the proxy proxy.example.com:3128", Find(checks, "Reach").Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Join(' ', checks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_of_language_models_is_checked_if_it_differs()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, LlmBaseUri = new Uri("https://llm.example.com") };
        StubHandler handler = new(StubReply.Json(Catalog), StubReply.Text("", 404), Fixture.Reply("billing/balance-live.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, options: options));

        Assert.Equal(("Passed", "Failed"), (Find(checks, "Reach").Status, Find(checks, "ReachLlm").Status));
    }

    [Fact]
    public async Task Catalog_check_warns_when_the_cached_copy_is_older_than_a_day()
    {
        StubHandler handler = new StubHandler().When("models", StubReply.Json(Catalog)).When("balance", Fixture.Reply("billing/balance-live.json"));
        AtlasCloudClient client = Some.Client(handler, _clock);
        await client.Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(23));
        SessionCheck fresh = Find(await RunAsync(client), "Catalog");
        _clock.Advance(TimeSpan.FromHours(49));

        SessionCheck old = Find(await RunAsync(client), "Catalog");

        Assert.Equal(("Passed", "2 models, cached 23 h ago"), (fresh.Status, fresh.Detail));
        Assert.Equal(("Warning", "2 models, cached 3 days ago"), (old.Status, old.Detail));
        Assert.Contains("-Refresh", old.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_checks_report_missing_and_unwritable_folders()
    {
        string file = Path.Join(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(Catalog), Fixture.Reply("billing/balance-live.json")));

        IReadOnlyList<SessionCheck> checks = await RunAsync(client, new UserFolders(null, Path.Join(file, "state")), CancellationToken.None);

        Assert.Equal(("Warning", "Failed"), (Find(checks, "Cache").Status, Find(checks, "State").Status));
        Assert.All(["Cache", "State"], name => Assert.Contains("ATLASCLOUD_HOME", Find(checks, name).Fix, StringComparison.Ordinal));
    }

    private static StubReply CatalogAt(DateTimeOffset time) => StubReply.Json(Catalog, 200, ("Date", time.ToString("R")));

    private static SessionCheck Find(IEnumerable<SessionCheck> checks, string name) => checks.Single(c => c.Name == name);

    private Task<IReadOnlyList<SessionCheck>> RunAsync(AtlasCloudClient client, CancellationToken cancellationToken = default) =>
        RunAsync(client, new UserFolders(Path.Join(_folder.Path, "cache"), Path.Join(_folder.Path, "state")), cancellationToken);

    private async Task<IReadOnlyList<SessionCheck>> RunAsync(AtlasCloudClient client, UserFolders folders, CancellationToken cancellationToken)
    {
        List<SessionCheck> checks = [];
        await foreach (SessionCheck check in new SessionChecker(client, _clock).RunAsync("$env:SOME_KEY", null, folders, cancellationToken))
        {
            checks.Add(check);
        }

        return checks;
    }
}
