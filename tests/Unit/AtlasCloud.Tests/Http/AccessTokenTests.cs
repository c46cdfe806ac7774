namespace AtlasCloud.Tests;

/// <summary>OAuth access tokens in place of an API key (API reference, section 2.6 and conflict C44).</summary>
public sealed class AccessTokenTests
{
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6InRhc2tzOnJlYWQifQ.c2lnbmF0dXJl";

    [Fact]
    public async Task Access_token_is_sent_like_a_key()
    {
        StubHandler service = new(Fixture.Reply("billing/balance-live.json"));

        await Client(service).Account.GetBalanceAsync();

        Assert.Equal("Bearer " + Token, service.Seen[0].Header("Authorization"));
    }

    [Theory]
    [InlineData(Token, AtlasCloudErrorReason.AccessTokenRejected)]
    [InlineData(Some.Key, AtlasCloudErrorReason.None)]
    public async Task Rejected_credential_has_a_reason_only_if_it_is_an_access_token(string key, AtlasCloudErrorReason expected)
    {
        StubHandler service = new(Fixture.Reply("errors/public-401.json"));

        AtlasCloudException rejected = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service, key).Account.GetBalanceAsync());

        Assert.Equal((AtlasCloudErrorKind.Authentication, expected), (rejected.Kind, rejected.Reason));
    }

    [Theory]
    [InlineData("balance")]
    [InlineData("usage")]
    [InlineData("costs")]
    public async Task Missing_scope_is_named(string what)
    {
        AtlasCloudClient client = Client(new StubHandler(Fixture.Reply("errors/public-403-insufficient-scope.json")));
        BillingQuery query = new() { From = new DateOnly(2026, 8, 1), Until = new DateOnly(2026, 8, 2) };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(async () =>
        {
            _ = what switch
            {
                "balance" => (object)await client.Account.GetBalanceAsync(),
                "usage" => await client.Account.ListUsageAsync(query).GetAsyncEnumerator().MoveNextAsync(),
                _ => await client.Account.ListCostsAsync(query).GetAsyncEnumerator().MoveNextAsync(),
            };
        });

        Assert.Equal((AtlasCloudErrorKind.PermissionDenied, AtlasCloudErrorReason.ScopeMissing, "billing:read"), (refused.Kind, refused.Reason, refused.Value));
    }

    private static AtlasCloudClient Client(StubHandler service, string key = Token) => Some.Client(service, options: new AtlasCloudOptions { ApiKey = key });
}
