using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

public sealed class HistoryReaderTests
{
    private const string Lighthouse = "9d41f7c2083e4b6aa5e1c07fd2864b93 completed Succeeded Video 1795163402 A lighthouse in fog";
    private const string Moderated = "e27ab09c54d3416fb8f1c60d7a3e9521 failed Failed Video 1795163402 x";
    private const string TimedOut = "71c8e5f02d9b4a63905ad4be16f7c83a timeout Failed Video 1795163402 x";

    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["by-session-id.json"] = Lighthouse,
        ["by-state-failed.json"] = $"{Moderated}; {TimedOut}",
        ["by-status-failed.json"] = Moderated,
        ["console-code-ok.json"] = Lighthouse,
        ["created-forms.json"] = string.Join("; ", Enumerable.Range(0, 5).Select(i => $"0000000000000000000000000000000{i} completed Succeeded Image 1795163402 x")),
        ["empty.json"] = "",
        ["numeric-created.json"] = "b072da7f39c24a5f89cfc5ddfcc01352 unknown InFlight Image 1787735702 x",
        ["session-id-ignored.json"] = $"b072da7f39c24a5f89cfc5ddfcc01352 processing InFlight Image 1795163200 x; {Moderated}; {TimedOut}",
        ["session-id-none.json"] = "",
        ["page1.json"] = "b072da7f39c24a5f89cfc5ddfcc01352 completed Succeeded Image 1787735702 A beautiful mountain landscape at golden hour; "
            + "5e1d0c7a94f24b0f8d3a6b71c2e49f08 processing InFlight Video 1787735690 She turns; "
            + "e27ab09c54d3416fb8f1c60d7a3e9521 failed Failed Video 1787735702 ...",
    };

    public static TheoryData<string> Files => Fixture.Files("history");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_page_is_read_as_documented(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"history/{file} has no expectation.");
        StubHandler service = new StubHandler(Fixture.Reply("history/" + file)).When("no=2", Fixture.Reply("history/empty.json"));

        IEnumerable<string> read = (await ReadAsync(service)).Select(p =>
            $"{p.Id} {p.Status} {p.State} {p.Kind} {p.CreatedAt?.ToUnixTimeSeconds()} {p.Request?["prompt"]}");

        Assert.Equal(expected, string.Join("; ", read));
    }

    [Fact]
    public async Task ListHistoryAsync_stops_if_the_service_repeats_a_page()
    {
        StubHandler service = new StubHandler().When("/model/history", Fixture.Reply("history/page1.json"));

        Assert.Equal(3, (await ReadAsync(service)).Count);
        Assert.Equal(2, service.Seen.Count);
    }

    [Theory]
    [InlineData(PredictionState.InFlight, "running")]
    [InlineData(PredictionState.Succeeded, "succeeded")]
    [InlineData(PredictionState.Failed, "failed")]
    public async Task ListHistoryAsync_sends_filters_by_the_services_names(PredictionState state, string name)
    {
        StubHandler service = new(Fixture.Reply("history/empty.json"));

        await ReadAsync(service, new HistoryQuery { State = state, Model = "a/b c", ModelPrefix = "a/" });

        Assert.Equal($"/api/v1/model/history?no=1&size=50&state={name}&model=a%2Fb%20c&modelPrefix=a%2F", service.Seen[0].Path);
    }

    [Fact]
    public async Task ListHistoryAsync_sends_the_status_in_place_of_the_state()
    {
        StubHandler service = new(Fixture.Reply("history/empty.json"));

        await ReadAsync(service, new HistoryQuery { Status = "Timeout", State = PredictionState.Failed });

        Assert.Equal("/api/v1/model/history?no=1&size=50&status=timeout", service.Seen[0].Path);
    }

    [Theory]
    [InlineData("failed", null, null, "e27ab09c54d3416fb8f1c60d7a3e9521")]
    [InlineData(null, PredictionState.Failed, null, "e27ab09c54d3416fb8f1c60d7a3e9521 71c8e5f02d9b4a63905ad4be16f7c83a")]
    [InlineData(null, PredictionState.InFlight, null, "b072da7f39c24a5f89cfc5ddfcc01352")]
    [InlineData(null, null, "google/", "b072da7f39c24a5f89cfc5ddfcc01352")]
    [InlineData("timeout", PredictionState.Failed, "bytedance/", "71c8e5f02d9b4a63905ad4be16f7c83a")]
    public async Task ListHistoryAsync_filters_again_if_the_service_ignores_the_filters(string? status, PredictionState? state, string? prefix, string expected)
    {
        StubHandler service = new StubHandler(Fixture.Reply("history/session-id-ignored.json")).When("no=2", Fixture.Reply("history/empty.json"));

        Assert.Equal(expected, string.Join(' ', (await ReadAsync(service, new HistoryQuery { Status = status, State = state, ModelPrefix = prefix })).Select(p => p.Id)));
    }

    [Theory]
    [InlineData("by-session-id.json", true)]
    [InlineData("session-id-ignored.json", false)]
    [InlineData("session-id-none.json", false)]
    public async Task FindAsync_accepts_only_the_row_of_the_task(string file, bool isFound)
    {
        (Prediction? task, bool isAnswered) = await new HistoryReader(Some.Pipeline(new StubHandler(Fixture.Reply("history/" + file)))).FindAsync(Some.Prediction("9d41f7c2083e4b6aa5e1c07fd2864b93"), Some.NoStop);

        Assert.Equal((isFound, true), (task is not null, isAnswered));
    }

    [Theory]
    [InlineData(0, true, 2)]
    [InlineData(30, false, 1)]
    public async Task FindAsync_searches_the_time_of_the_task_without_a_filter_if_no_row_has_its_ID(int hoursAfterTheList, bool isFound, int pages)
    {
        string[] items = [.. Enumerable.Range(1, 51).Select(i => $$"""{"ID":"task-{{i}}","createdAt":"1795163402","status":"processing","model":"a/b","requestBody":"{}"}""")];
        StubHandler service = new StubHandler().When("sessionID=", Fixture.Reply("history/session-id-none.json")).When("no=1&", Page(items[..50])).When("no=2&", Page(items[50..]));
        Prediction known = Some.Prediction("task-51") with { SubmittedAt = DateTimeOffset.FromUnixTimeSeconds(1795163402).AddHours(hoursAfterTheList) };

        (Prediction? task, bool isAnswered) = await new HistoryReader(Some.Pipeline(service)).FindAsync(known, Some.NoStop);

        Assert.Equal((isFound, true), (task is not null, isAnswered));
        Assert.Equal(pages, service.Seen.Count(s => !s.Path.Contains("sessionID", StringComparison.Ordinal)));
        Assert.All(service.Seen.Skip(1), s => Assert.DoesNotContain("model=", s.Path, StringComparison.Ordinal));

        static StubReply Page(string[] items) => StubReply.Json($$"""{"code":"200","data":{"items":[{{string.Join(',', items)}}],"pageNo":1,"pageSize":50,"total":51} }""");
    }

    [Theory]
    [InlineData("""{"ID":"a1","requestBody":"{not json"}""")]
    [InlineData("""{"ID":"a1","requestBody":7}""")]
    [InlineData("""{"ID":"a1","requestBody":[]}""")]
    public void ReadItem_ignores_a_request_body_that_is_not_a_JSON_object(string item) =>
        Assert.Null(HistoryReader.ReadItem(Some.Json(item))!.Request);

    [Theory]
    [InlineData("""{"model":"a/b"}""")]
    [InlineData("""{"ID":"../../x"}""")]
    [InlineData("7")]
    public void ReadItem_returns_null_for_an_item_without_a_valid_ID(string item) => Assert.Null(HistoryReader.ReadItem(Some.Json(item)));

    private static async Task<List<Prediction>> ReadAsync(StubHandler service, HistoryQuery? query = null)
    {
        List<Prediction> read = [];
        await foreach (Prediction prediction in Some.Client(service).Predictions.ListHistoryAsync(query ?? new HistoryQuery()))
        {
            read.Add(prediction);
        }

        return read;
    }
}
