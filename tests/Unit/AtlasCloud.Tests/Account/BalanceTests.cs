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
    public async Task Every_recorded_balance_is_read_to_the_last_digit(string file)
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
    public async Task A_balance_without_an_amount_is_not_zero(string body)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        AtlasCloudException unread = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, unread.Kind);
    }

    [Fact]
    public async Task A_key_without_the_right_to_see_the_bill_is_told_so()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/public-403.json")));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.PermissionDenied, refused.Kind);
    }
}
