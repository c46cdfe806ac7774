using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests;

public class SessionTests
{
    [Fact]
    public void Session_shows_the_source_of_its_key_but_not_the_key()
    {
        Session session = new(Some.Options(), "ATLASCLOUD_API_KEY");

        Assert.Equal("api.atlascloud.ai (ATLASCLOUD_API_KEY)", session.ToString());
        Assert.DoesNotContain(typeof(Session).GetProperties(), p => Some.Key.Equals(p.GetValue(session) as string, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Session_shows_what_was_spent_and_what_remains_of_the_budget()
    {
        StubHandler service = Some.Service()
            .When("/model/calculate", Fixture.Reply("calculate/flat.json"))
            .When("/model/generate", Fixture.Reply("submit/image-processing.json"));
        Session session = new(new AtlasCloudOptions { ApiKey = Some.Key, Budget = 1m }, null, service, new FakeClock());

        await session.Client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal((1m, 0.08m, 0m, 0.92m), (session.Budget, session.Spent, session.Reserved, session.Remaining));
    }

    [Fact]
    public void Session_without_a_budget_shows_no_amounts()
    {
        Session session = new(Some.Options(), null);

        Assert.Equal((null, null, null, null), (session.Budget, session.Spent, session.Reserved, session.Remaining));
    }
}
