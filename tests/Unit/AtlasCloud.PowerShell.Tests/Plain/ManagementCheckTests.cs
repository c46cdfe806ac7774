using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests;

/// <summary>The check of the management key: it lists the projects, which is free and changes nothing.</summary>
public sealed class ManagementCheckTests : IDisposable
{
    private const string Key = "mgmt-0123456789abcdef";
    private const string Catalog = """{"code":"200","data":[{"model":"a/b","type":"Image"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Management_key_that_lists_the_projects_passes()
    {
        StubHandler service = Service(Fixture.Reply("management/projects-list.json"));

        SessionCheck check = (await RunAsync(service))!;

        Assert.Equal(("Passed", "from $env:MANAGEMENT, accepted", null), (check.Status, check.Detail, check.Fix));
        SeenRequest sent = Assert.Single(service.SeenAt("/public/v1/projects"));
        Assert.Equal((HttpMethod.Get, "Bearer " + Key), (sent.Method, sent.Header("Authorization")));
    }

    [Fact]
    public async Task Session_without_a_management_key_has_no_such_check()
    {
        StubHandler service = Service(Fixture.Reply("management/projects-list.json"));

        Assert.Null(await RunAsync(service, key: null));
        Assert.Empty(service.SeenAt("/public/v1/projects"));
    }

    [Fact]
    public async Task Key_of_another_kind_fails_and_is_not_sent()
    {
        StubHandler service = Service(Fixture.Reply("management/projects-list.json"));

        SessionCheck check = (await RunAsync(service, key: "apikey-0123456789abcdef"))!;

        Assert.Equal("Failed", check.Status);
        Assert.Contains("mgmt-", check.Fix, StringComparison.Ordinal);
        Assert.Empty(service.SeenAt("/public/v1/projects"));
    }

    [Theory]
    [InlineData("errors/public-401-management.json", "Failed", "Management API Keys")]
    [InlineData("errors/public-403.json", "Failed", "Management API Keys")]
    [InlineData("errors/404-model.json", "Failed", "-BaseUri")]
    [InlineData("errors/429-with-retry-after.json", "Warning", "Wait")]
    [InlineData("errors/500-internal.json", "Failed", "Try again")]
    [InlineData("errors/502-cloudflare.html", "Failed", "Try again")]
    [InlineData("llm/chat-completion.json", "Failed", "Try again")]
    public async Task Each_refusal_has_a_fix(string reply, string status, string fix)
    {
        SessionCheck check = (await RunAsync(Service(Fixture.Reply(reply))))!;

        Assert.Equal(status, check.Status);
        Assert.Contains(fix, check.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, check + check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Management_key_is_not_sent_if_the_service_is_not_reached()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        Assert.Equal("Skipped", (await RunAsync(service))!.Status);
        Assert.Empty(service.SeenAt("/public/v1/projects"));
    }

    [Fact]
    public async Task Rejection_at_a_wrong_base_URL_says_nothing_about_the_key()
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("errors/401-msg.json"));

        SessionCheck check = (await RunAsync(service))!;

        Assert.Equal(("Skipped", "Correct the base URL first."), (check.Status, check.Fix));
    }

    private static StubHandler Service(StubReply projects) => new StubHandler()
        .When("/api/v1/models", StubReply.Json(Catalog))
        .When("/public/v1/balance", Fixture.Reply("billing/balance-live.json"))
        .When("/public/v1/projects", projects);

    private async Task<SessionCheck?> RunAsync(StubHandler service, string? key = Key)
    {
        using AtlasCloudClient client = Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, ManagementKey = key });
        SessionCheck? found = null;
        UserFolders folders = new(Path.Join(_folder.Path, "cache"), Path.Join(_folder.Path, "state"));
        await foreach (SessionCheck check in new SessionChecker(client, TimeProvider.System).RunAsync("$env:KEY", "$env:MANAGEMENT", folders, CancellationToken.None))
        {
            found = check.Name == "ManagementKey" ? check : found;
        }

        return found;
    }
}
