namespace AtlasCloud.Tests;

/// <summary>Requests with a cost limit, from the quote to the settled price.</summary>
public sealed class BudgetSubmitTests
{
    private const string Calculate = "/model/calculate";
    private const string Submit = "/model/generateImage";

    [Fact]
    public async Task CreateAsync_requests_no_quote_without_a_limit()
    {
        StubHandler service = Service(Fixture.Reply("submit/image-processing.json"));

        Prediction prediction = await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Empty(service.SeenAt(Calculate));
        Assert.Null(prediction.Quote);
    }

    [Fact]
    public async Task CreateAsync_with_a_limit_returns_the_quote_with_the_prediction()
    {
        StubHandler service = Service(Fixture.Reply("submit/image-processing.json"));

        Prediction prediction = await Some.Client(service).Predictions.CreateAsync(Some.Request() with { MaxCost = 0.08m }, GenerationKind.Image);

        Assert.Equal(0.08m, prediction.Quote!.Price);
        Assert.Equal(0.08m, (Some.Prediction() with { Status = "completed" }).MergeWith(prediction).Quote!.Price);
    }

    [Fact]
    public async Task CreateAsync_does_not_submit_a_request_that_exceeds_MaxCost()
    {
        StubHandler service = Service(Fixture.Reply("submit/image-processing.json"));

        AtlasCloudException refused = await FailAsync(Some.Client(service), Some.Request() with { MaxCost = 0.0799m });

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Empty(service.SeenAt(Submit));
    }

    [Theory]
    [InlineData("calculate/error-unknown-model.json")]
    [InlineData("errors/503-unavailable.json")]
    [InlineData("calculate/partial.json")]
    public async Task CreateAsync_does_not_submit_a_request_of_unknown_cost_under_a_budget(string reply)
    {
        StubHandler service = Some.Service().When(Calculate, Fixture.Reply(reply)).When(Submit, Fixture.Reply("submit/image-processing.json"));
        AtlasCloudClient client = Client(service, 100m);

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, (await FailAsync(client, Some.Request())).Kind);
        Assert.Empty(service.SeenAt(Submit));

        await client.Predictions.CreateAsync(Some.Request() with { AllowUnknownCost = true }, GenerationKind.Image);
        Assert.Single(service.SeenAt(Submit));
    }

    [Fact]
    public async Task CreateAsync_throws_Authentication_if_the_quote_is_refused_for_the_key()
    {
        StubHandler service = Some.Service().When(Calculate, Fixture.Reply("errors/401-msg.json"));

        Assert.Equal(AtlasCloudErrorKind.Authentication, (await FailAsync(Client(service, 1m), Some.Request())).Kind);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(402)]
    [InlineData(403)]
    public async Task Refused_submit_costs_nothing(int status)
    {
        AtlasCloudClient client = Client(Service(StubReply.Json($$"""{"code":{{status}},"msg":"no"}""", status)), 1m);

        await FailAsync(client, Some.Request());

        Assert.Equal((0m, 0m), (client.Budget.Spent, client.Budget.Reserved));
    }

    [Fact]
    public async Task Submit_that_was_never_sent_costs_nothing()
    {
        AtlasCloudClient client = Client(Service(StubReply.Fault(HttpRequestError.ConnectionError)), 1m);

        await FailAsync(client, Some.Request());

        Assert.Equal((0m, 0m), (client.Budget.Spent, client.Budget.Reserved));
    }

    [Fact]
    public async Task Submit_with_an_unknown_outcome_stays_reserved()
    {
        AtlasCloudClient client = Client(Service(StubReply.Fault(HttpRequestError.ResponseEnded)), 1m);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(client, Some.Request())).Kind);

        Assert.Equal((0m, 0.08m, 0.92m), (client.Budget.Spent, client.Budget.Reserved, client.Budget.Remaining));
    }

    [Fact]
    public async Task Submit_cancelled_in_flight_stays_reserved()
    {
        using CancellationTokenSource cancellation = new();
        AtlasCloudClient client = Client(Service(StubReply.Silence(cancellation.Cancel)), 1m);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image, cancellation.Token));

        Assert.Equal(0.08m, client.Budget.Reserved);
    }

    [Fact]
    public async Task Cancellation_during_the_quote_reserves_nothing()
    {
        using CancellationTokenSource cancellation = new();
        AtlasCloudClient client = Client(Some.Service().When(Calculate, StubReply.Silence(cancellation.Cancel)), 1m);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image, cancellation.Token));

        Assert.Equal(1m, client.Budget.Remaining);
    }

    [Fact]
    public async Task Submit_whose_response_reports_a_failure_costs_nothing()
    {
        AtlasCloudClient client = Client(Service(Some.State("failed", extra: ",\"error\":\"no\"")), 1m);

        Assert.Equal(AtlasCloudErrorKind.PredictionFailed, (await FailAsync(client, Some.Request())).Kind);

        Assert.Equal((0m, 0m), (client.Budget.Spent, client.Budget.Reserved));
    }

    [Fact]
    public async Task WaitAsync_replaces_the_quote_with_the_settled_price()
    {
        StubHandler service = Service(Fixture.Reply("submit/image-processing.json"))
            .When("/model/prediction/", Some.State("completed", extra: ",\"outputs\":[\"https://a/b.png\"],\"price\":\"0.0612\""));
        AtlasCloudClient client = Client(service, 1m);
        Prediction prediction = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        Assert.Equal(0.08m, client.Budget.Spent);

        await client.Predictions.WaitAsync(prediction);

        Assert.Equal(0.0612m, client.Budget.Spent);
    }

    [Fact]
    public async Task Ten_concurrent_submits_do_not_exceed_the_budget()
    {
        TaskCompletionSource allAsked = new();
        StubHandler service = Service(StubReply.After(allAsked.Task, Some.Accepted()));
        AtlasCloudClient client = Client(service, 0.5m);

        Task all = Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
            }
            catch (AtlasCloudException exception)
            {
                Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, exception.Kind);
            }
        }));
        allAsked.SetResult();
        await all;

        Assert.Equal(6, service.SeenAt(Submit).Count);
    }

    [Fact]
    public async Task PreviewAsync_neither_uploads_nor_names_a_local_file()
    {
        using TemporaryFolder folder = new();
        string file = Path.Join(folder.Path, "secret-plan.png");
        await File.WriteAllBytesAsync(file, Bytes.Png);
        StubHandler service = Service(Fixture.Reply("submit/image-processing.json"));
        GenerationRequest request = Some.Request("alibaba/wan-2.6/image-to-video") with { Images = [MediaSource.FromFile(file)], SkipValidation = true };

        CostEstimate cost = await Some.Client(service).Predictions.PreviewAsync(request, GenerationKind.Video, Some.NoStop);

        Assert.Equal("0.08 usd", cost.ToString());
        Assert.Empty(service.SeenAt("uploadMedia"));
        Assert.DoesNotContain("secret", service.SeenAt(Calculate)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PreviewAsync_of_a_local_video_returns_a_minimum_price()
    {
        using TemporaryFolder folder = new();
        string file = Path.Join(folder.Path, "clip.mp4");
        await File.WriteAllBytesAsync(file, [1, 2, 3]);
        GenerationRequest request = Some.Request("alibaba/wan-2.6/video-to-video") with { Videos = [MediaSource.FromFile(file)], MaxCost = 1m, SkipValidation = true };

        CostEstimate cost = await Some.Client(Service()).Predictions.PreviewAsync(request, GenerationKind.Video, Some.NoStop);

        Assert.StartsWith("0.08 usd or more", cost.ToString(), StringComparison.Ordinal);
        Assert.Null(cost.Doubt);
    }

    [Fact]
    public async Task QuoteAsync_determines_the_kind_from_the_model()
    {
        Quote quote = await Some.Client(Service()).Predictions.QuoteAsync(Some.Request("alibaba/wan-2.6/text-to-video") with { Label = "mine" });

        Assert.Equal(("alibaba/wan-2.6/text-to-video", "mine"), (quote.Model, quote.Label));
    }

    [Fact]
    public async Task QuoteAsync_throws_NoPricePerRequest_for_a_language_model()
    {
        StubHandler service = Service();

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.QuoteAsync(Some.Request(SomeChat.Model)));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
        Assert.Equal(AtlasCloudErrorReason.NoPricePerRequest, refused.Reason);
        Assert.Empty(service.SeenAt(Calculate));
    }

    private static StubHandler Service(params StubReply[] submit) =>
        Some.Service().When(Calculate, Fixture.Reply("calculate/flat.json")).When("/model/generate", submit);

    private static AtlasCloudClient Client(StubHandler service, decimal budget) =>
        Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, Budget = budget });

    private static Task<AtlasCloudException> FailAsync(AtlasCloudClient client, GenerationRequest request) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.CreateAsync(request, GenerationKind.Image));
}
