using System.Globalization;

namespace AtlasCloud.Tests;

public sealed class BalanceTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["balance-docs.json"] = "125.500000 usd | 100.000000 25.500000 0.000000 0.000000 0.000000 | acc_123 Production team",
        ["balance-live.json"] = "23.555722 usd | 23.555722 0.000000 - 0.000000 - | 01a0882d-cdc2-7e20-86c2-471cde219f2f - personal",
        ["balance-negative.json"] = "-1.204500 usd | -1.204500 0.000000 0.000000 0.350000 8.795500 | acc_123 Production team",
    };

    public static TheoryData<string> Files => Fixture.Files("billing", "balance-*");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task GetBalanceAsync_reads_every_recorded_balance_exactly(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"billing/{file} has no expectation.");

        Balance read = await Some.Client(new StubHandler(Fixture.Reply("billing/" + file))).Account.GetBalanceAsync();

        decimal?[] parts = [read.Cash, read.Bonus, read.SubscriptionBonus, read.Frozen, read.RemainingOverdraft];
        string amounts = string.Join(' ', parts.Select(p => p?.ToString(CultureInfo.InvariantCulture) ?? "-"));
        Assert.Equal(expected, $"{read} | {amounts} | {read.AccountId} {read.AccountName ?? "-"} {read.AccountType}");
    }

    [Theory]
    [InlineData("""{"object":"balance"}""")]
    [InlineData("""{"available":{"value":"much"}}""")]
    [InlineData("""{"available":[]}""")]
    public async Task GetBalanceAsync_throws_UnexpectedReply_for_a_balance_without_an_amount(string body)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    [Fact]
    public async Task GetBalanceAsync_throws_PermissionDenied_when_the_key_may_not_read_billing()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/public-403.json")));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.PermissionDenied, error.Kind);
    }
}
