namespace AtlasCloud.Tests;

/// <summary>What is repeated with the management key after 429 (API reference, section 24.5).</summary>
public sealed class ManagementRetryTests
{
    [Theory]
    [InlineData("list", "management/projects-list.json")]
    [InlineData("budget", "management/budget-replaced.json")]
    [InlineData("allowance", "management/allowance-fixed.json")]
    [InlineData("delete", null)]
    public async Task Read_replacement_and_removal_are_retried_after_the_time_in_Retry_After(string call, string? response)
    {
        FakeClock clock = new();
        StubHandler service = new(Fixture.Reply("errors/429-with-retry-after.json"), response is null ? StubReply.Of(204, []) : Fixture.Reply(response));

        await CallAsync(SomeManagement.Resource(service, clock), call);

        Assert.Equal(2, service.Seen.Count);
        Assert.Equal(service.Seen[0].Text, service.Seen[1].Text);
        Assert.Contains(TimeSpan.FromSeconds(30), clock.Delays);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("archive")]
    public async Task Post_is_sent_once(string call)
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("errors/429-with-retry-after.json"));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => CallAsync(SomeManagement.Resource(service), call));

        Assert.Equal((AtlasCloudErrorKind.RateLimited, TimeSpan.FromSeconds(30)), (refused.Kind, refused.RetryAfter));
        Assert.Single(service.Seen);
    }

    private static Task CallAsync(ManagementResource management, string call) => call switch
    {
        "list" => management.ListProjectsAsync(),
        "budget" => management.SetBudgetAsync(SomeManagement.ProjectId, new ProjectBudget { DailyLimit = 10m, TotalLimit = 500m }),
        "allowance" => management.SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Fixed(5m)),
        "disable" => management.DisableApiKeyAsync(SomeManagement.KeyId),
        "archive" => management.ArchiveProjectAsync(SomeManagement.ProjectId),
        _ => management.RemoveApiKeyAsync(SomeManagement.KeyId),
    };
}
