namespace AtlasCloud.Tests;

/// <summary>The management key and the API key are never mixed up, and both are masked.</summary>
public sealed class ManagementKeyTests
{
    [Fact]
    public async Task Each_key_is_sent_to_its_own_endpoints_only()
    {
        StubHandler service = Some.Service()
            .When("/public/v1/balance", Fixture.Reply("billing/balance-live.json"))
            .When("/public/v1/projects", Fixture.Reply("management/projects-list.json"))
            .When("/model/generateImage", Some.Accepted());
        using AtlasCloudClient client = Some.Client(service, options: SomeManagement.Options());

        await client.Account.GetBalanceAsync();
        await client.Management.ListProjectsAsync();
        await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        foreach (SeenRequest request in service.Seen)
        {
            string? sent = request.Headers.GetValueOrDefault("Authorization");
            bool isManagement = request.Path.StartsWith("/public/v1/projects", StringComparison.Ordinal);
            Assert.True(sent is null || sent == "Bearer " + (isManagement ? SomeManagement.Key : Some.Key), $"{request.Path} got {sent}");
        }

        Assert.Equal(3, service.Seen.Count(r => r.Path.StartsWith("/public", StringComparison.Ordinal) || r.Method == HttpMethod.Post));
    }

    [Fact]
    public void Management_key_is_not_accepted_as_API_key()
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => new AtlasCloudOptions { ApiKey = "Bearer " + SomeManagement.Key });

        Assert.Equal(AtlasCloudErrorReason.ManagementKeyAsApiKey, error.Reason);
        Assert.DoesNotContain(SomeManagement.Key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task API_key_is_not_sent_as_management_key()
    {
        StubHandler service = new();
        AtlasCloudOptions options = new() { ManagementKey = Some.Key };

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, options: options).Management.ListProjectsAsync());

        Assert.Equal(AtlasCloudErrorReason.NotAManagementKey, error.Reason);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Management_without_a_management_key_sends_nothing()
    {
        StubHandler service = new();

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Management.ListProjectsAsync());

        Assert.Equal((AtlasCloudErrorKind.NoSession, AtlasCloudErrorReason.ManagementKeyMissing), (error.Kind, error.Reason));
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Models_with_only_a_management_key_send_nothing()
    {
        StubHandler service = new();
        AtlasCloudOptions options = new() { ManagementKey = SomeManagement.Key };

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, options: options).Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.NoSession, error.Kind);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Neither_key_is_readable_in_a_response_that_repeats_both()
    {
        string echo = $$"""{"error":{"message":"{{SomeManagement.Key}} {{Some.Key}}"} }""";
        StubHandler service = new StubHandler().When("/public/v1/", StubReply.Json(echo, 403));
        using AtlasCloudClient client = Some.Client(service, options: SomeManagement.Options());

        foreach (Func<Task> call in new Func<Task>[] { () => client.Account.GetBalanceAsync(), () => client.Management.ListProjectsAsync() })
        {
            string shown = (await Assert.ThrowsAsync<AtlasCloudException>(call)).ToString();
            Assert.DoesNotContain("9c1f7b3a5d2e4860", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("3f9a1c7e5b2d4860", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Secret_of_a_new_key_and_the_management_key_do_not_appear_in_the_log()
    {
        List<string> lines = [];
        StubHandler service = new(StubReply.Json("""{"id":"ak_0SampleKeyId0123456789","key":"a-secret-without-a-prefix"}"""));
        ApiKey created;
        using (new AtlasCloudLog((_, message) => lines.Add(message), includeBodies: true).Listen())
        {
            created = await SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId);
        }

        Assert.Equal("a-secret-without-a-prefix", SomeManagement.SecretText(created));
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, l => l.Contains("a-secret", StringComparison.Ordinal) || l.Contains(SomeManagement.Key, StringComparison.Ordinal));
        Assert.DoesNotContain("a-secret", created.ToString(), StringComparison.Ordinal);
    }
}
