using System.Globalization;

namespace AtlasCloud.Tests;

public sealed class BillingReaderTests
{
    private static readonly BillingQuery s_may = new() { From = new DateOnly(2026, 5, 1), Until = new DateOnly(2026, 6, 1) };

    private static readonly Dictionary<string, string[]> s_expected = new(StringComparer.Ordinal)
    {
        ["list-empty.json"] = [],
        ["model-costs-totals.json"] = ["2026-05-01: 0.240000 usd"],
        ["model-costs-by-model-partial.json"] =
        [
            "2026-09-12 bytedance/seedance-2.0-mini/reference-to-video: 13.825576 usd so far",
            "2026-09-12 bytedance/seedance-2.5/reference-to-video: 4.020324 usd so far",
            "2026-09-12 bytedance/seedance-2.0/reference-to-video: 1.353659 usd so far",
            "2026-09-12 bytedance/seedance-2.0-mini/image-to-video: 0.595622 usd so far",
            "2026-09-12 bytedance/seedance-2.0-fast/reference-to-video: 0.325103 usd so far",
        ],
        ["model-usage-totals.json"] = ["2026-05-01: 12 requests | 275088 3500 278588 | 4 25"],
        ["model-usage-by-key.json"] = ["2026-08-14 xai/grok-4.5 ak_abc123: 1 requests | 10 5 15 | - -"],
        ["model-usage-by-model.json"] =
        [
            "2026-08-14 xai/grok-4.5: 31 requests | 275088 3500 278588 | - -",
            "2026-08-14 alibaba/wan-2.7-pro/image-edit: 6 requests | 0 0 0 | 6 -",
            "2026-08-14 kwaivgi/kling-v3.0-std/image-to-video: 2 requests | 0 0 0 | - 10",
            "2026-08-14 bytedance/seedance-2.5/reference-to-video: 1 requests | 0 159200 159200 | - -",
        ],
    };

    public static TheoryData<string> Lists => [.. Fixture.Files("billing", "model-*"), .. Fixture.Files("billing", "list-*")];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Lists_read_every_recorded_response_exactly(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string[]? expected), $"billing/{file} has no expectation.");
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("billing/" + file), Fixture.Reply("billing/list-empty.json")));
        BillingQuery query = new() { From = new DateOnly(2026, 5, 1), Until = new DateOnly(2026, 8, 28) };

        // The recorded day in September is in the future of the test clock.
        if (file == "model-costs-by-model-partial.json")
        {
            client = Some.Client(new StubHandler(Fixture.Reply("billing/" + file)), ClockAt(new DateTime(2026, 9, 12, 23, 0, 0, DateTimeKind.Utc)));
            query = new() { From = new DateOnly(2026, 9, 1), Until = new DateOnly(2026, 9, 13) };
        }

        string[] read = file.Contains("usage", StringComparison.Ordinal)
            ? [.. (await ListAsync(client.Account.ListUsageAsync(query))).Select(Describe)]
            : [.. (await ListAsync(client.Account.ListCostsAsync(query))).Select(r => r.ToString())];

        Assert.Equal(expected, read);
    }

    [Fact]
    public async Task ListCostsAsync_returns_the_coverage_of_the_current_day()
    {
        AtlasCloudClient client = Some.Client(
            new StubHandler(Fixture.Reply("billing/model-costs-by-model-partial.json")), ClockAt(new DateTime(2026, 9, 12, 23, 0, 0, DateTimeKind.Utc)));

        List<CostRow> rows = await ListAsync(client.Account.ListCostsAsync(new BillingQuery { From = new DateOnly(2026, 9, 12), Until = new DateOnly(2026, 9, 13) }));

        Assert.All(rows, r => Assert.True(r.IsPartial));
        Assert.Equal(new DateTimeOffset(2026, 9, 12, 22, 33, 34, TimeSpan.Zero), rows[0].CoveredUntil);
        Assert.Equal(new DateTime(2026, 9, 12, 0, 0, 0, DateTimeKind.Utc), rows[0].Date);
        Assert.Equal("video", rows[0].ModelType);

        // Two names with the same billing ID remain two rows.
        Assert.Equal("ms-336e5a4bb8d0", rows[0].ModelId);
        Assert.Equal(rows[0].ModelId, rows[3].ModelId);
    }

    [Fact]
    public async Task ListUsageAsync_sends_one_query_parameter_per_value()
    {
        StubHandler handler = new(Fixture.Reply("billing/list-empty.json"));
        BillingQuery query = s_may with { GroupBy = [BillingGroup.Model, BillingGroup.ApiKey], ModelIds = ["ms-1", "ms-2"], ModelTypes = ["image"], ApiKeyIds = ["ak_1"], IsAccountWide = true };

        await ListAsync(Some.Client(handler).Account.ListUsageAsync(query));

        Assert.Equal(
            "/public/v1/model-usage?start_date=2026-05-01&end_date=2026-06-01&scope=account&group_by[]=model&group_by[]=api_key"
                + "&model_types[]=image&model_ids[]=ms-1&model_ids[]=ms-2&api_key_ids[]=ak_1&limit=1000",
            Uri.UnescapeDataString(handler.Seen.Single().Path));
    }

    [Fact]
    public async Task ListCostsAsync_follows_text_and_number_cursors()
    {
        StubHandler handler = new(
            StubReply.Json(Page("2026-05-01", "0.1", ", \"has_more\": true, \"next_page\": \"a b/=\"")),
            StubReply.Json(Page("2026-05-02", "0.02", ", \"has_more\": true, \"next_page\": 3")),
            StubReply.Json(Page("2026-05-03", "0.003", ", \"has_more\": false, \"next_page\": \"unused\"")));

        List<CostRow> rows = await ListAsync(Some.Client(handler).Account.ListCostsAsync(s_may));

        Assert.Equal(0.123m, rows.Sum(r => r.Amount));
        Assert.Equal(["", "&page=a%20b%2F%3D", "&page=3"], handler.Seen.Select(s => s.Path.Split("&limit=1000")[1]));
    }

    [Theory]
    [InlineData("\"next_page\": \"a\"")]
    [InlineData("\"next_page\": null")]
    public async Task ListCostsAsync_ends_with_a_warning_when_the_cursor_repeats(string next)
    {
        StubHandler handler = new StubHandler().When("model-costs", StubReply.Json(Page("2026-05-01", "0.1", ", \"has_more\": true, " + next)));
        List<string> warnings = [];
        AtlasCloudLog log = new((level, message) => { if (level == AtlasCloudLogLevel.Warning) { warnings.Add(message); } });
        using IDisposable listening = log.Listen();

        List<CostRow> rows = await ListAsync(Some.Client(handler).Account.ListCostsAsync(s_may));

        Assert.Equal(next.Contains("null", StringComparison.Ordinal) ? 1 : 2, handler.Seen.Count);
        Assert.Equal(handler.Seen.Count, rows.Count);
        Assert.Contains("may be incomplete", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsageAsync_splits_a_long_period_into_adjacent_requests()
    {
        StubHandler handler = new StubHandler().When("model-usage", Fixture.Reply("billing/list-empty.json"));
        DateOnly until = new(2026, 8, 27);

        await ListAsync(Some.Client(handler).Account.ListUsageAsync(new BillingQuery { From = until.AddDays(-400), Until = until }));

        (DateOnly From, DateOnly Until)[] windows = [.. handler.Seen.Select(WindowOf)];
        Assert.Equal([180, 180, 40], windows.Select(w => w.Until.DayNumber - w.From.DayNumber));
        Assert.Equal(until.AddDays(-400), windows[0].From);
        Assert.Equal(until, windows[^1].Until);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
    }

    [Fact]
    public async Task ListCostsAsync_counts_a_day_between_two_requests_once()
    {
        StubHandler handler = new(StubReply.Json(Page("2026-06-29", "1", ", \"has_more\": false")), StubReply.Json(Page("2026-06-29", "1", ", \"has_more\": false")));
        DateOnly border = new(2026, 6, 29);

        List<CostRow> rows = await ListAsync(Some.Client(handler).Account.ListCostsAsync(new BillingQuery { From = border.AddDays(-180), Until = border.AddDays(5) }));

        Assert.Equal(2, handler.Seen.Count);
        Assert.Single(rows);
    }

    [Fact]
    public async Task ListUsageAsync_does_not_request_future_days()
    {
        StubHandler handler = new StubHandler().When("model-usage", Fixture.Reply("billing/list-empty.json"));
        AtlasCloudClient client = Some.Client(handler);

        await ListAsync(client.Account.ListUsageAsync(new BillingQuery { From = new DateOnly(2026, 8, 1), Until = new DateOnly(2999, 1, 1) }));
        await ListAsync(client.Account.ListUsageAsync(new BillingQuery { From = new DateOnly(2998, 1, 1), Until = new DateOnly(2999, 1, 1) }));

        Assert.Equal(new DateOnly(2026, 8, 28), WindowOf(Assert.Single(handler.Seen)).Until);
    }

    [Fact]
    public async Task ListUsageAsync_throws_BillingPeriodEmpty_without_a_request()
    {
        StubHandler handler = new();

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => ListAsync(Some.Client(handler).Account.ListUsageAsync(s_may with { Until = s_may.From })));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.BillingPeriodEmpty), (error.Kind, error.Reason));
        Assert.Empty(handler.Seen);
    }

    [Fact]
    public async Task ListCostsAsync_splits_more_than_100_IDs_and_sums_the_rows()
    {
        StubHandler handler = new(
            StubReply.Json(Page("2026-05-01", "0.1", "")), StubReply.Json(Page("2026-05-01", "0.000001", "")), StubReply.Json(Page("2026-05-02", "7", "")));
        BillingQuery query = s_may with { ModelIds = [.. Enumerable.Range(0, 250).Select(i => $"ms-{i}"), "ms-0"] };

        List<CostRow> rows = await ListAsync(Some.Client(handler).Account.ListCostsAsync(query));

        Assert.Equal([100, 100, 50], handler.Seen.Select(s => s.Path.Split("model_ids").Length - 1));
        Assert.Equal(["2026-05-01: 0.100001 usd", "2026-05-02: 7 usd"], rows.Select(r => r.ToString()));
    }

    [Fact]
    public async Task ListUsageAsync_filters_models_on_the_client_and_sums_the_rows()
    {
        StubReply first = Fixture.Reply("billing/model-usage-by-model.json");
        StubReply last = Fixture.Reply("billing/list-empty.json");
        StubHandler handler = new(first, last, first, last, first, last);
        BillingQuery query = new()
        {
            From = new DateOnly(2026, 8, 1),
            Until = new DateOnly(2026, 8, 27),
            ModelFilter = name => !name.StartsWith("xai/", StringComparison.Ordinal),
        };

        UsageRow total = Assert.Single(await ListAsync(Some.Client(handler).Account.ListUsageAsync(query)));
        List<UsageRow> types = await ListAsync(Some.Client(handler).Account.ListUsageAsync(query with { GroupBy = [BillingGroup.ModelType] }));
        await ListAsync(Some.Client(handler).Account.ListUsageAsync(query with { GroupBy = [BillingGroup.ApiKey] }));

        Assert.Equal("2026-08-14: 9 requests | 0 159200 159200 | 6 10", Describe(total));
        Assert.Null(total.ModelType);
        Assert.Equal(["2026-08-14 image: 6 requests", "2026-08-14 video: 3 requests"], types.Select(t => t.ToString()));
        Assert.Equal(
            ["&group_by[]=model", "&group_by[]=model", "&group_by[]=model&group_by[]=api_key"],
            handler.Seen.Where(s => !s.Path.Contains("page=", StringComparison.Ordinal)).Select(s => Uri.UnescapeDataString(s.Path).Split("scope=self")[1].Split("&limit")[0]));
    }

    [Theory]
    [InlineData(true, AtlasCloudErrorReason.AccountBillingForbidden)]
    [InlineData(false, AtlasCloudErrorReason.BillingForbidden)]
    public async Task ListCostsAsync_throws_PermissionDenied_with_the_reason(bool wholeAccount, AtlasCloudErrorReason reason)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/public-403.json")));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => ListAsync(client.Account.ListCostsAsync(s_may with { IsAccountWide = wholeAccount })));

        Assert.Equal((AtlasCloudErrorKind.PermissionDenied, reason), (error.Kind, error.Reason));
        Assert.Equal("account-level billing read permission required", error.ServerMessage);
    }

    [Fact]
    public async Task ListCostsAsync_throws_BillingGroupingRejected_for_a_rejected_grouping()
    {
        const string Body = """{"error":{"type":"invalid_request_error","code":"invalid_parameter","message":"unsupported value","param":"group_by[]"},"request_id":"req_9"}""";
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(Body, 400)));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => ListAsync(client.Account.ListCostsAsync(s_may with { GroupBy = [BillingGroup.ModelType] })));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, "req_9"), (error.Kind, error.RequestId));
        Assert.Equal(AtlasCloudErrorReason.BillingGroupingRejected, error.Reason);
    }

    [Fact]
    public async Task ListCostsAsync_keeps_the_message_of_the_service_for_other_errors()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/public-400-date-range.json")));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => ListAsync(client.Account.ListCostsAsync(s_may)));

        Assert.Equal("end_date must be after start_date", error.ServerMessage);
        Assert.Equal(AtlasCloudErrorReason.None, error.Reason);
    }

    [Theory]
    [InlineData("""{"object":"list"}""")]
    [InlineData("""{"data":[{"results":[{"amount":{"value":"1"}}]}]}""")]
    [InlineData("""{"data":[{"date":"2026-05-01","results":[{"amount":{"value":"much"}}]}]}""")]
    [InlineData("""{"data":[{"date":"2026-05-01","results":[{}]}]}""")]
    public async Task ListCostsAsync_throws_UnexpectedReply_for_an_unreadable_response(string body)
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => ListAsync(client.Account.ListCostsAsync(s_may)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    [Fact]
    public async Task ListCostsAsync_keeps_unknown_members()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(
            """{"data":[{"date":"2026-05-01","results":[{"amount":{"value":"1","currency":"EUR"},"project":{"id":"p1"}}]}]}""")));

        CostRow row = Assert.Single(await ListAsync(client.Account.ListCostsAsync(s_may)));

        Assert.Equal("eur", row.Currency);
        Assert.Equal(["project"], row.AdditionalProperties.Keys.Cast<string>());
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero), row.CoveredUntil);
    }

    private static string Page(string date, string amount, string more) =>
        $$$"""{"object":"model_cost.list","data":[{"date":"{{{date}}}","results":[{"amount":{"value":"{{{amount}}}","currency":"usd"}}]}]{{{more}}}}""";

    private static FakeClock ClockAt(DateTime time)
    {
        FakeClock clock = new();
        clock.SetWall(new DateTimeOffset(time) - clock.GetUtcNow());
        return clock;
    }

    private static (DateOnly From, DateOnly Until) WindowOf(SeenRequest request)
    {
        string[] parts = request.Path.Split('=', '&');
        return (DateOnly.Parse(parts[1], CultureInfo.InvariantCulture), DateOnly.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    private static string Describe(UsageRow row)
    {
        object?[] tokens = [row.InputTokens, row.OutputTokens, row.TotalTokens];
        object?[] media = [row.Images, row.VideoSeconds];
        return $"{row} | {string.Join(' ', tokens.Select(t => t ?? "-"))} | {string.Join(' ', media.Select(m => m is IFormattable f ? f.ToString(null, CultureInfo.InvariantCulture) : "-"))}";
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> list = [];
        await foreach (T row in rows)
        {
            list.Add(row);
        }

        return list;
    }
}
