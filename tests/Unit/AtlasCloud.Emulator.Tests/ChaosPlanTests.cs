using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Tests;

public sealed class ChaosPlanTests
{
    private const int Requests = 20_000;

    [Fact]
    public void Same_seed_gives_the_same_plan_and_another_seed_a_different_one()
    {
        const string Rest = "\"rate\":0.3}}";
        List<string?> first = Names(Plan("{\"chaos\":{\"seed\":7," + Rest), RequestKind.Poll);

        Assert.Equal(first, Names(Plan("{\"chaos\":{\"seed\":7," + Rest), RequestKind.Poll));
        Assert.Equal(first, Names(Plan("{\"seed\":7,\"chaos\":{" + Rest), RequestKind.Poll));
        Assert.NotEqual(first, Names(Plan("{\"chaos\":{\"seed\":8," + Rest), RequestKind.Poll));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Common_rate_applies_to_each_kind_of_request(double rate)
    {
        ChaosPlan plan = Plan(FormattableString.Invariant($$$"""{"chaos":{"seed":3,"rate":{{{rate}}}}}"""));

        Assert.All(Enum.GetValues<RequestKind>(), kind => Assert.Equal(rate, Part(plan, kind, name => name is not null), 0.02));
    }

    [Fact]
    public void Rate_of_a_fault_applies_only_to_the_kinds_of_that_fault()
    {
        ChaosPlan plan = Plan(
            """{"chaos":{"seed":3,"rate":0.2,"faults":["reset",{"fault":"truncate","rate":0.05,"on":["poll","download"]},"drop-before"]}}""");

        Assert.Equal(0.05, Part(plan, RequestKind.Poll, name => name == "truncate"), 0.01);
        Assert.Equal(0.05, Part(plan, RequestKind.Download, name => name == "truncate"), 0.01);
        Assert.Equal(0.0, Part(plan, RequestKind.Submit, name => name == "truncate"));
        Assert.Equal(0.1, Part(plan, RequestKind.Submit, name => name == "reset"), 0.01);
        Assert.Equal(0.1, Part(plan, RequestKind.Poll, name => name == "drop-before"), 0.01);
    }

    [Fact]
    public void Every_error_sample_can_be_injected_and_every_fault_applies_to_a_request()
    {
        ChaosPlan plan = Plan("""{"chaos":{"rate":1}}""");
        HashSet<string?> struck = [.. Enum.GetValues<RequestKind>().SelectMany(kind => Names(plan, kind))];

        Assert.Superset(Sample.All.Keys.Where(path => path.StartsWith("errors/", StringComparison.Ordinal)).ToHashSet<string?>(), struck);
        Assert.Equal(KnownFaults.All.Keys.Order(), struck.Order());
        Assert.All(KnownFaults.All.Values, fault => Assert.NotEmpty(fault.Kinds));
    }

    [Fact]
    public void Submit_faults_are_not_injected_into_polls()
    {
        List<string?> polls = Names(Plan("""{"chaos":{"rate":1}}"""), RequestKind.Poll);

        Assert.DoesNotContain("stuck", polls);
        Assert.DoesNotContain("errors/402-balance.json", polls);
        Assert.DoesNotContain("errors/openai-style.json", polls);
        Assert.Contains("errors/502-cloudflare.html", polls);
    }

    [Fact]
    public void Lies_are_injected_only_if_they_are_listed_and_do_not_change_the_other_faults()
    {
        const string Faults = "{\"fault\":\"*-after\",\"rate\":0.1},{\"fault\":\"stuck\",\"rate\":0.1}";
        List<string?> alone = Names(Plan("{\"chaos\":{\"seed\":3,\"faults\":[" + Faults + "]}}"), RequestKind.Submit);
        List<string?> mixed = Names(Plan("{\"chaos\":{\"seed\":3,\"faults\":[" + Faults + ",{\"fault\":\"accepted-409\",\"rate\":0.2}]}}"), RequestKind.Submit);

        Assert.Equal(alone, mixed.Select(name => name == "accepted-409" ? null : name));
        Assert.Contains("accepted-409", mixed);
        Assert.Empty(KnownLies.All.Keys.Intersect(KnownFaults.All.Keys));
        Assert.Empty(KnownLies.All.Keys.Intersect(Enum.GetValues<RequestKind>().SelectMany(kind => Names(Plan("""{"chaos":{"rate":1}}"""), kind)).OfType<string>()));
    }

    [Fact]
    public void Name_with_a_wildcard_stands_for_all_faults_that_match()
    {
        ChaosPlan plan = Plan("""{"chaos":{"rate":1,"faults":["history-*"]}}""");

        HashSet<string?> seen = [.. Names(plan, RequestKind.History)];

        Assert.Equal(KnownLies.All.Keys.Where(name => name.StartsWith("history-", StringComparison.Ordinal)).Order(), seen.Order());
        Assert.Equal(19, seen.Count);
        Assert.Equal(0.0, plan.TotalRate(RequestKind.Submit));
    }

    [Theory]
    [InlineData("POST", "/api/v1/model/generateVideo", "Submit")]
    [InlineData("GET", "/api/v1/model/prediction/1", "Poll")]
    [InlineData("GET", "/api/v1/model/result/1", "Poll")]
    [InlineData("GET", "/outputs/1/0.png", "Download")]
    [InlineData("POST", "/api/v1/model/uploadMedia", "Upload")]
    [InlineData("GET", "/api/v1/model/history", "History")]
    [InlineData("GET", "/static/model/schema/a.json", "Catalog")]
    [InlineData("POST", "/api/v1/model/calculate", "Quote")]
    [InlineData("GET", "/public/v1/balance", "Account")]
    [InlineData("POST", "/v1/messages", "Chat")]
    [InlineData("GET", "/api/v1/webhooks/jwks.json", null)]
    public void Request_is_classified_by_method_and_path(string method, string path, string? kind) =>
        Assert.Equal(kind, RequestClassifier.Classify(method, path)?.ToString());

    private static ChaosPlan Plan(string scenario) => EmulatorScenario.Parse(scenario).Chaos!;

    private static List<string?> Names(ChaosPlan plan, RequestKind kind) =>
        [.. Enumerable.Range(1, Requests).Select(number => plan.FaultFor(kind, number)?.Name)];

    private static double Part(ChaosPlan plan, RequestKind kind, Predicate<string?> counts) =>
        Names(plan, kind).Count(name => counts(name)) / (double)Requests;
}
