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
    public async Task Poll_returns_null_for_a_response_without_a_status(int status) =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Text("", status))));

    [Theory]
    [InlineData("errors/502-cloudflare.html")]
    [InlineData("errors/500-internal.json")]
    [InlineData("errors/plain-text-500.txt")]
    [InlineData("errors/429-rate-limit.json")]
    public async Task Poll_returns_null_for_a_gateway_error(string file) =>
        Assert.Null(await PollAsync(new StubHandler(Fixture.Reply(file))));

    [Fact]
    public async Task Poll_ignores_a_status_of_the_gateway_itself() =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Json("""{"status":"error","message":"upstream"}""", 502))));

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    public async Task Poll_returns_null_for_a_network_error(HttpRequestError error) =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Fault(error))));

    [Fact]
    public async Task Poll_returns_null_after_a_timeout()
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
    public async Task Poll_throws_for_a_permanent_refusal(int status, AtlasCloudErrorKind expected)
    {
        Prediction known = Some.Prediction();

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            PollAsync(new StubHandler(StubReply.Json("""{"msg":"no"}""", status)), known));

        Assert.Equal(expected, refused.Kind);
        Assert.Same(known, refused.Target);
    }

    [Fact]
    public async Task Poll_returns_null_for_401_if_the_key_is_accepted_for_the_balance()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("billing/balance-docs.json"));

        Assert.Null(await PollAsync(service));
    }

    [Fact]
    public async Task Poll_returns_null_for_401_if_the_key_has_no_billing_permission()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("errors/public-403.json"));

        Assert.Null(await PollAsync(service));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Poll_returns_null_for_401_if_the_balance_is_unavailable(int status)
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", StubReply.Text("<html>", status));

        Assert.Null(await PollAsync(service));
    }

    [Fact]
    public async Task Poll_throws_Authentication_for_401_if_the_key_is_refused_for_the_balance()
    {
        StubHandler service = new StubHandler(Fixture.Reply("errors/401-msg.json")).When("/public/v1/balance", Fixture.Reply("errors/public-401.json"));

        Assert.Equal(AtlasCloudErrorKind.Authentication, (await Assert.ThrowsAsync<AtlasCloudException>(() => PollAsync(service))).Kind);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task Poll_returns_null_for_a_new_prediction_that_is_not_visible_yet(int status)
    {
        FakeClock clock = new();
        Prediction fresh = Some.Prediction() with { SubmittedAt = clock.GetUtcNow().AddSeconds(-29) };

        Assert.Null(await PollAsync(new StubHandler(StubReply.Json("{}", status)), fresh, clock));
    }

    [Fact]
    public async Task Poll_tries_older_paths_and_the_history_for_an_unknown_prediction_and_throws_PredictionNotFound()
    {
        FakeClock clock = new();
        StubHandler service = new StubHandler().When("/", Fixture.Reply("prediction/not-found-404.json"));
        Prediction old = Some.Prediction() with { SubmittedAt = clock.GetUtcNow().AddSeconds(-31) };

        AtlasCloudException lost = await Assert.ThrowsAsync<AtlasCloudException>(() => PollAsync(service, old, clock));

        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, lost.Kind);
        Assert.Contains(Some.Id, lost.Message, StringComparison.Ordinal);
        Assert.Equal(["/api/v1/model/prediction/" + Some.Id, "/api/v1/model/result/" + Some.Id, "/api/v1/model/getResult?predictionId=" + Some.Id, "/api/v1/model/history?no=1&size=50&sessionID=" + Some.Id, "/api/v1/model/history?no=1&size=50"],
            service.Seen.Select(r => r.Path));
    }

    [Fact]
    public async Task Poll_finds_a_prediction_on_an_older_path()
    {
        StubHandler service = new StubHandler()
            .When("/model/prediction/", Fixture.Reply("prediction/not-found-404.json"))
            .When("/model/result/", Fixture.Reply("prediction/completed-docs-metrics.json"));

        Assert.Equal(PredictionState.Succeeded, (await PollAsync(service, Some.Prediction("pred_abc123")))?.State);
    }

    [Theory]
    [InlineData("errors/502-cloudflare.html")]
    [InlineData("errors/401-msg.json")]
    [InlineData("errors/429-rate-limit.json")]
    public async Task Poll_does_not_try_the_oldest_path_after_an_error_of_the_older_one(string fault)
    {
        StubHandler service = new StubHandler()
            .When("/model/prediction/", Fixture.Reply("prediction/not-found-404.json"))
            .When("/model/result/", Fixture.Reply(fault))
            .When("/model/getResult", Fixture.Reply("prediction/getresult-completed.json"));

        Assert.Null(await PollAsync(service));
        Assert.DoesNotContain(service.Seen, request => request.Path.Contains("getResult", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Poll_uses_the_status_in_the_body_whatever_the_HTTP_status() =>
        Assert.Equal(PredictionState.Failed, (await PollAsync(new StubHandler(Fixture.Reply("prediction/failed-http500.json")), Some.Prediction("5e1d0c7a94f24b0f8d3a6b71c2e49f08")))?.State);

    [Theory]
    [InlineData("""{"code":200,"data":{"id":"another-1","status":"completed","outputs":["https://a.example/x.png"]}}""")]
    [InlineData("""{"id":"another-1","status":"failed"}""")]
    [InlineData("""{"code":200,"data":{"prediction_id":"another-1","state":"succeeded","output":"https://a.example/x.png"}}""")]
    [InlineData("""{"code":500,"data":{"task_id":"another-1","status":"failed"}}""")]
    public async Task Poll_returns_null_for_a_response_about_another_prediction(string body) =>
        Assert.Null(await PollAsync(new StubHandler(StubReply.Json(body))));

    [Fact]
    public async Task Poll_finds_a_prediction_in_the_history_that_all_other_paths_have_lost()
    {
        StubHandler service = new StubHandler()
            .When("/model/history", StubReply.Json($$"""{"code":"200","data":{"items":[{"ID":"other-1","status":"failed"},{"ID":"{{Some.Id}}","status":"processing"}],"pageNo":1,"total":2} }"""))
            .When("/", Fixture.Reply("prediction/not-found-404.json"));

        Assert.Equal((Some.Id, "processing"), await PollAsync(service) is Prediction found ? (found.Id, found.Status) : default);
    }

    [Theory]
    [InlineData("{}", 503)]
    [InlineData("{}", 200)]
    [InlineData("Maintenance", 200)]
    public async Task Poll_returns_null_for_an_unknown_prediction_if_the_history_gives_no_answer(string body, int status)
    {
        StubHandler service = new StubHandler()
            .When("/model/history", StubReply.Json(body, status))
            .When("/", Fixture.Reply("prediction/not-found-404.json"));

        Assert.Null(await PollAsync(service));
    }

    [Fact]
    public async Task Poll_keeps_values_that_the_response_does_not_repeat()
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
    public async Task GetAsync_throws_InvalidParameter_for_an_invalid_ID_and_sends_nothing(string id)
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
