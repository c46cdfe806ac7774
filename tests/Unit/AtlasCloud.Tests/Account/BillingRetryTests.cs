namespace AtlasCloud.Tests;

/// <summary>The billing endpoints say how long to wait (API reference, section 16 and conflict C23).</summary>
public sealed class BillingRetryTests
{
    private static readonly BillingQuery s_query = new() { From = new DateOnly(2026, 8, 1), Until = new DateOnly(2026, 8, 2) };

    [Theory]
    [InlineData("balance", "billing/balance-live.json")]
    [InlineData("model-usage", "billing/list-empty.json")]
    [InlineData("model-costs", "billing/list-empty.json")]
    public async Task Retry_after_429_waits_as_long_as_the_response_says(string path, string response)
    {
        FakeClock clock = new();
        StubHandler service = new(Fixture.Reply("errors/429-with-retry-after.json"), Fixture.Reply(response));

        await ReadAsync(Some.Client(service, clock), path);

        Assert.Equal(2, service.Seen.Count);
        Assert.All(service.Seen, s => Assert.StartsWith("/public/v1/" + path, s.Path, StringComparison.Ordinal));
        Assert.Contains(TimeSpan.FromSeconds(30), clock.Delays);
    }

    [Fact]
    public async Task Error_after_the_last_retry_has_the_time_to_wait()
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("errors/429-with-retry-after.json"));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Account.GetBalanceAsync());

        Assert.Equal((AtlasCloudErrorKind.RateLimited, TimeSpan.FromSeconds(30)), (refused.Kind, refused.RetryAfter));
    }

    private static async Task ReadAsync(AtlasCloudClient client, string path)
    {
        switch (path)
        {
            case "balance":
                await client.Account.GetBalanceAsync();
                break;
            case "model-usage":
                Assert.False(await client.Account.ListUsageAsync(s_query).GetAsyncEnumerator().MoveNextAsync());
                break;
            default:
                Assert.False(await client.Account.ListCostsAsync(s_query).GetAsyncEnumerator().MoveNextAsync());
                break;
        }
    }
}
