using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

/// <summary>A failed poll is not a failed prediction.</summary>
public sealed class PredictionPollerTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(302)]
    [InlineData(200)]
    public async Task An_answer_without_a_verdict_means_ask_again(int status) =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Text("", status))));

    [Theory]
    [InlineData("errors/502-cloudflare.html")]
    [InlineData("errors/500-internal.json")]
    [InlineData("errors/plain-text-500.txt")]
    [InlineData("errors/429-rate-limit.json")]
    public async Task A_gateways_page_means_ask_again(string file) =>
        Assert.Null(await PollAsync(new StubHandler(Fixture.Reply(file))));

    [Fact]
    public async Task A_status_that_a_gateway_gives_itself_is_not_the_predictions() =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Json("""{"status":"error","message":"upstream"}""", 502))));

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    public async Task A_fault_of_the_network_means_ask_again(HttpRequestError error) =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Fault(error))));

    [Fact]
    public async Task A_time_out_means_ask_again()
    {
        FakeClock clock = new();

        Assert.Null(await PollAsync(new StubHandler(StubReply.Silence(() => clock.Advance(TimeSpan.FromSeconds(61)))), clock: clock));
    }

    [Theory]
    [InlineData(400, AtlasCloudErrorKind.InvalidParameter)]
    [InlineData(402, AtlasCloudErrorKind.InsufficientBalance)]
    [InlineData(403, AtlasCloudErrorKind.PermissionDenied)]
    [InlineData(422, AtlasCloudErrorKind.InvalidParameter)]
    [InlineData(451, AtlasCloudErrorKind.RegionBlocked)]
    public async Task A_refusal_that_will_not_change_ends_the_watch(int status, AtlasCloudErrorKind expected)
    {
        Prediction known = Some.Prediction();

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            PollAsync(new StubHandler(StubReply.Json("""{"msg":"no"}""", status)), known));

        Assert.Equal(expected, refused.Kind);
        Assert.Same(known, refused.Target);
    }

    [Fact]
    public async Task A_401_while_the_key_works_elsewhere_means_ask_again()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("billing/balance-docs.json"));

        Assert.Null(await PollAsync(service));
    }

    [Fact]
    public async Task A_401_for_a_key_without_billing_rights_means_ask_again()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("errors/public-403.json"));

        Assert.Null(await PollAsync(service));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_401_while_the_balance_is_out_of_order_too_means_ask_again(int status)
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", StubReply.Text("<html>", status));

        Assert.Null(await PollAsync(service));
    }

    [Fact]
    public async Task A_401_for_a_key_that_works_nowhere_ends_the_watch()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("errors/public-401.json"));

        Assert.Equal(AtlasCloudErrorKind.Authentication, (await Assert.ThrowsAsync<AtlasCloudException>(() => PollAsync(service))).Kind);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_fresh_prediction_that_is_not_visible_yet_is_asked_for_again(int status)
    {
        FakeClock clock = new();
        Prediction fresh = Some.Prediction() with { SubmittedAt = clock.GetUtcNow().AddSeconds(-29) };

        Assert.Null(await PollAsync(new StubHandler(StubReply.Json("{}", status)), fresh, clock));
    }

    [Fact]
    public async Task A_prediction_that_stays_unknown_is_looked_for_elsewhere_and_given_up()
    {
        FakeClock clock = new();
        StubHandler service = new StubHandler().When("/", Fixture.Reply("prediction/not-found-404.json"));
        Prediction old = Some.Prediction() with { SubmittedAt = clock.GetUtcNow().AddSeconds(-31) };

        AtlasCloudException lost = await Assert.ThrowsAsync<AtlasCloudException>(() => PollAsync(service, old, clock));

        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, lost.Kind);
        Assert.Contains(Some.Id, lost.Message, StringComparison.Ordinal);
        Assert.Equal(["/api/v1/model/prediction/" + Some.Id, "/api/v1/model/result/" + Some.Id, "/api/v1/model/getResult?predictionId=" + Some.Id],
            service.Seen.Select(r => r.Path));
    }

    [Fact]
    public async Task A_prediction_that_only_the_older_path_knows_is_found()
    {
        StubHandler service = new StubHandler()
            .When("/model/prediction/", Fixture.Reply("prediction/not-found-404.json"))
            .When("/model/result/", Fixture.Reply("prediction/completed-docs-metrics.json"));

        Assert.Equal(PredictionState.Succeeded, (await PollAsync(service))?.State);
    }

    [Theory]
    [InlineData("errors/502-cloudflare.html")]
    [InlineData("errors/401-msg.json")]
    [InlineData("errors/429-rate-limit.json")]
    public async Task A_fault_of_the_older_path_does_not_lead_to_the_oldest_that_names_one_output_only(string fault)
    {
        StubHandler service = new StubHandler()
            .When("/model/prediction/", Fixture.Reply("prediction/not-found-404.json"))
            .When("/model/result/", Fixture.Reply(fault))
            .When("/model/getResult", Fixture.Reply("prediction/getresult-completed.json"));

        Assert.Null(await PollAsync(service));
        Assert.DoesNotContain(service.Seen, request => request.Path.Contains("getResult", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verdict_counts_whatever_the_http_status() =>
        Assert.Equal(PredictionState.Failed, (await PollAsync(new StubHandler(Fixture.Reply("prediction/failed-http500.json"))))?.State);

    [Fact]
    public async Task What_a_poll_does_not_repeat_is_kept()
    {
        Prediction known = Some.Prediction(kind: ModelKind.Video) with { Label = "mine", Model = "a/b" };

        Prediction? read = await PollAsync(new StubHandler(Fixture.Reply("prediction/getresult-completed.json")), known);

        Assert.Equal((Some.Id, "mine", "a/b", ModelKind.Video), (read?.Id, read?.Label, read?.Model, read?.Kind));
    }

    [Theory]
    [InlineData("../models")]
    [InlineData("a/b")]
    [InlineData("a?x=1")]
    [InlineData("a b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("id\n")]
    public async Task What_cannot_be_an_id_is_not_asked_for(string id)
    {
        StubHandler service = new StubHandler().When("/", Some.Completed());

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.GetAsync(id));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
        Assert.Empty(service.Seen);
    }

    private static Task<Prediction?> PollAsync(StubHandler service, Prediction? known = null, FakeClock? clock = null)
    {
        clock ??= new FakeClock();
        return new PredictionPoller(Some.Pipeline(service, clock), clock).TryPollAsync(known ?? Some.Prediction(), Some.NoStop);
    }
}
