using AtlasCloud.Storage;

namespace AtlasCloud.Tests;

public sealed class SessionProbeTests : IDisposable
{
    private const string Catalog = """{"code":"200","data":[{"model":"a/b","type":"Image"},{"model":"c/d","type":"Text"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_in_order_passes_and_leaves_nothing_behind()
    {
        FakeClock clock = new();
        StubHandler handler = new(CatalogAt(clock.GetUtcNow()), Fixture.Reply("billing/balance-live.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, clock));

        Assert.Equal(["Proxy", "Reach", "Clock", "Key", "Balance", "Catalog", "Cache", "State"], checks.Select(c => c.Name));
        Assert.All(checks, c => Assert.Equal(("Passed", null), (c.Status, c.Fix)));
        Assert.Equal("api.atlascloud.ai answered in 0 ms with 2 models", Of(checks, "Reach").Detail);
        Assert.Equal("from $env:SOME_KEY, accepted", Of(checks, "Key").Detail);
        Assert.Equal("23.555722 usd to spend", Of(checks, "Balance").Detail);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Without_a_way_to_the_service_it_is_tried_once_and_the_rest_is_skipped(HttpRequestError error)
    {
        StubHandler handler = new(StubReply.Fault(error));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Single(handler.Seen);
        Assert.Equal("Failed", Of(checks, "Reach").Status);
        Assert.Contains("-BaseUri", Of(checks, "Reach").Fix, StringComparison.Ordinal);
        Assert.All(["Clock", "Key", "Balance"], name => Assert.Equal("Skipped", Of(checks, name).Status));
    }

    [Fact]
    public async Task A_service_that_is_silent_is_given_up_after_ten_seconds()
    {
        FakeClock clock = new();
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Silence(() => clock.Advance(TimeSpan.FromSeconds(10)))), clock);

        IReadOnlyList<SessionCheck> checks = await RunAsync(client);

        Assert.Contains("within 10 s", Of(checks, "Reach").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_it_is_not_told_that_a_check_failed()
    {
        using CancellationTokenSource stop = new();
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Silence(stop.Cancel)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(client, stop.Token));
    }

    [Theory]
    [InlineData("errors/401-msg.json")]
    [InlineData("errors/401-message.json")]
    [InlineData("errors/401-error-string.json")]
    public async Task An_address_that_refuses_what_is_open_to_all_is_a_wrong_address_and_no_wrong_key(string file)
    {
        StubHandler handler = new(Fixture.Reply(file), Fixture.Reply("errors/public-401.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Contains("the address is wrong and not the key", Of(checks, "Reach").Detail, StringComparison.Ordinal);
        Assert.Equal("Skipped", Of(checks, "Key").Status);
    }

    [Fact]
    public async Task A_wrong_key_at_the_right_address_is_told_as_such()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-401.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Equal(("Failed", "Skipped"), (Of(checks, "Key").Status, Of(checks, "Balance").Status));
        Assert.Contains("Invalid API key", Of(checks, "Key").Detail, StringComparison.Ordinal);
        Assert.Contains("console/api-keys", Of(checks, "Key").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_see_the_balance_is_a_key_all_the_same()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("errors/public-403.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler));

        Assert.Equal(("Passed", "Warning"), (Of(checks, "Key").Status, Of(checks, "Balance").Status));
    }

    [Fact]
    public async Task An_account_in_debt_cannot_pay()
    {
        StubHandler handler = new(StubReply.Json(Catalog), Fixture.Reply("billing/balance-negative.json"));

        SessionCheck balance = Of(await RunAsync(Some.Client(handler)), "Balance");

        Assert.Equal(("Failed", "-1.204500 usd to spend"), (balance.Status, balance.Detail));
        Assert.Contains("console/billing", balance.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html><title>Sign in</title></html>", "not as the service does")]
    [InlineData(200, """{"data":[]}""", "not as the service does")]
    [InlineData(404, "not here", "HTTP 404")]
    [InlineData(302, "", "HTTP 302")]
    [InlineData(503, "busy", "HTTP 503")]
    public async Task What_answers_in_place_of_the_service_is_not_it(int status, string body, string words)
    {
        StubHandler handler = new(StubReply.Text(body, status), StubReply.Text(body, status));

        SessionCheck reach = Of(await RunAsync(Some.Client(handler)), "Reach");

        Assert.Equal("Failed", reach.Status);
        Assert.Contains(words, reach.Detail, StringComparison.Ordinal);
        Assert.NotNull(reach.Fix);
    }

    [Theory]
    [InlineData(29, "Passed", "agrees with the service")]
    [InlineData(-29, "Passed", "agrees with the service")]
    [InlineData(31, "Warning", "31 s behind the service")]
    [InlineData(-7200, "Warning", "2 h ahead of the service")]
    public async Task A_clock_is_compared_with_that_of_the_service(int there, string status, string words)
    {
        FakeClock clock = new();
        StubHandler handler = new(CatalogAt(clock.GetUtcNow().AddSeconds(there)), Fixture.Reply("billing/balance-live.json"));

        SessionCheck check = Of(await RunAsync(Some.Client(handler, clock)), "Clock");

        Assert.Equal((status, words), (check.Status, check.Detail));
        Assert.Equal(status == "Warning", check.Fix is not null);
    }

    [Fact]
    public async Task Without_a_key_the_way_is_looked_at_and_the_money_is_not()
    {
        StubHandler handler = new(StubReply.Json(Catalog));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, options: new AtlasCloudOptions()));

        Assert.Single(handler.Seen);
        Assert.Equal(("Passed", "Failed", "Skipped"), (Of(checks, "Reach").Status, Of(checks, "Key").Status, Of(checks, "Balance").Status));
    }

    [Fact]
    public async Task A_proxy_is_named_without_what_stands_in_front_of_it()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, Proxy = new Uri("http://user:secret@proxy.example.com:3128") };

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(new StubHandler(StubReply.Fault(HttpRequestError.ProxyTunnelError)), options: options));

        Assert.Equal("proxy.example.com:3128, from -Proxy", Of(checks, "Proxy").Detail);
        Assert.Contains("the proxy proxy.example.com:3128", Of(checks, "Reach").Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Join(' ', checks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_models_at_another_address_are_looked_at_too()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, LlmBaseUri = new Uri("https://llm.example.com") };
        StubHandler handler = new(StubReply.Json(Catalog), StubReply.Text("", 404), Fixture.Reply("billing/balance-live.json"));

        IReadOnlyList<SessionCheck> checks = await RunAsync(Some.Client(handler, options: options));

        Assert.Equal(("Passed", "Failed"), (Of(checks, "Reach").Status, Of(checks, "ReachLlm").Status));
    }

    [Fact]
    public async Task An_old_catalog_is_a_warning()
    {
        FakeClock clock = new();
        StubHandler handler = new StubHandler().When("models", StubReply.Json(Catalog)).When("balance", Fixture.Reply("billing/balance-live.json"));
        AtlasCloudClient client = Some.Client(handler, clock);
        await client.Models.ListAsync();
        clock.Advance(TimeSpan.FromHours(23));
        SessionCheck fresh = Of(await RunAsync(client), "Catalog");
        clock.Advance(TimeSpan.FromHours(49));

        SessionCheck old = Of(await RunAsync(client), "Catalog");

        Assert.Equal(("Passed", "2 models, read 23 h ago"), (fresh.Status, fresh.Detail));
        Assert.Equal(("Warning", "2 models, read 3 days ago"), (old.Status, old.Detail));
        Assert.Contains("-Refresh", old.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_or_is_not_there_is_told()
    {
        string file = Path.Join(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(Catalog), Fixture.Reply("billing/balance-live.json")));

        IReadOnlyList<SessionCheck> checks = await RunAsync(client, new UserFolders(null, Path.Join(file, "state")), CancellationToken.None);

        Assert.Equal(("Warning", "Failed"), (Of(checks, "Cache").Status, Of(checks, "State").Status));
        Assert.All(["Cache", "State"], name => Assert.Contains("ATLASCLOUD_HOME", Of(checks, name).Fix, StringComparison.Ordinal));
    }

    private static StubReply CatalogAt(DateTimeOffset time) => StubReply.Json(Catalog, 200, ("Date", time.ToString("R")));

    private static SessionCheck Of(IEnumerable<SessionCheck> checks, string name) => checks.Single(c => c.Name == name);

    private Task<IReadOnlyList<SessionCheck>> RunAsync(AtlasCloudClient client, CancellationToken cancellationToken = default) =>
        RunAsync(client, new UserFolders(Path.Join(_folder.Path, "cache"), Path.Join(_folder.Path, "state")), cancellationToken);

    private static async Task<IReadOnlyList<SessionCheck>> RunAsync(AtlasCloudClient client, UserFolders folders, CancellationToken cancellationToken)
    {
        List<SessionCheck> checks = [];
        await foreach (SessionCheck check in client.CheckAsync("$env:SOME_KEY", folders, cancellationToken))
        {
            checks.Add(check);
        }

        return checks;
    }
}
