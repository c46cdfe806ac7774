namespace AtlasCloud.Tests;

/// <summary>A service that lies about prices. Results are handed on nevertheless, and a budget is passed by one request at most.</summary>
public sealed class HostilePriceTests
{
    private const string Outputs = ",\"outputs\":[\"https://a/b.png\"],\"price\":";

    public static TheoryData<string> Unreal =>
        ["-12000", "\"-0.01\"", "1000001", "79228162514264337593543950335", "\"79228162514264337593543950335\"", "-79228162514264337593543950335", "1e28", "1e400", "\"NaN\"", "\"∞\"", "{}", "[1]", "true"];

    [Theory]
    [MemberData(nameof(Unreal))]
    public async Task Unreal_settled_price_is_unknown_and_the_result_is_returned(string price)
    {
        AtlasCloudClient client = Client(Service("0.08", Some.State("completed", extra: Outputs + price)), 1m);

        Prediction result = await client.Predictions.WaitAsync(await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal((PredictionState.Succeeded, null), (result.State, result.Price));
        Assert.Equal((0.08m, 0m), (client.Budget.Spent, client.Budget.Reserved));
    }

    [Theory]
    [MemberData(nameof(Unreal))]
    public async Task Unreal_price_of_a_synchronous_result_does_not_lose_it(string price)
    {
        StubHandler service = Some.Service().When("/model/calculate", Quote("0.08")).When("/model/generate", Some.State("completed", extra: Outputs + price));
        AtlasCloudClient client = Client(service, 1m);

        Prediction result = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Single(result.Outputs);
        Assert.Equal(0.08m, client.Budget.Spent);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e28")]
    public async Task Failed_prediction_with_an_unreal_price_is_not_free(string price)
    {
        AtlasCloudClient client = Client(Service("0.08", Some.State("failed", extra: $",\"error\":\"no\",\"price\":{price}")), 1m);
        Prediction prediction = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.WaitAsync(prediction));

        Assert.Equal(BillingState.Unknown, Assert.IsType<Prediction>(failed.Target).Charge);
        Assert.Equal(0.08m, client.Budget.Spent);
    }

    [Theory]
    [MemberData(nameof(Unreal))]
    public async Task Unreal_quote_is_unknown_and_nothing_is_submitted_under_a_budget(string price)
    {
        StubHandler service = Service(price, Some.Completed());

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service, 1m).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorReason.PriceUnknown, refused.Reason);
        Assert.Empty(service.SeenAt("/model/generate"));
    }

    [Fact]
    public async Task Prediction_that_failed_and_then_completed_counts_its_price()
    {
        StubHandler service = Service("0.08", Some.State("failed"), Some.State("failed"), Some.State("completed", extra: Outputs + "0.5"));
        AtlasCloudClient client = Client(service, 1m);
        Prediction prediction = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        await client.Predictions.GetAsync(prediction.Id);
        Assert.Equal(0m, client.Budget.Spent);
        await client.Predictions.GetAsync(prediction.Id);

        Assert.Equal(0.5m, client.Budget.Spent);
    }

    [Fact]
    public async Task Budget_is_passed_by_one_request_at_most_whatever_prices_the_service_reports()
    {
        Random random = Some.Random();
        for (int run = 0; run < 60; run++)
        {
            decimal quote = 0;
            Dictionary<string, decimal> charged = [];
            Dictionary<string, string> shown = [];
            StubHandler service = Some.Service()
                .When("/model/calculate", new StubReply((request, token) =>
                {
                    // A request is quoted with and without its defaults; the higher price is reserved.
                    decimal price = random.Next(0, 40) / 100m;
                    bool isUnreal = random.Next(5) == 0;
                    quote = isUnreal ? quote : Math.Max(quote, price);
                    return Quote(isUnreal ? AnyUnreal(random) : FormattableString.Invariant($"{price}")).AnswerAsync(request, token);
                }))
                .When("/model/generate", new StubReply((request, token) =>
                {
                    string id = $"task-{charged.Count}";
                    decimal price = random.Next(1, 60) / 100m;
                    bool isReal = random.Next(3) > 0;
                    charged[id] = isReal ? price : quote;
                    shown[id] = isReal ? FormattableString.Invariant($"{price}") : AnyUnreal(random);
                    return Some.State("processing", id).AnswerAsync(request, token);
                }))
                .When("/model/prediction/", new StubReply((request, token) =>
                {
                    string id = request.RequestUri!.Segments[^1];
                    return Some.State("completed", id, Outputs + shown[id]).AnswerAsync(request, token);
                }));
            AtlasCloudClient client = Client(service, 2m);

            for (int i = 0; i < 60; i++)
            {
                quote = 0;
                try
                {
                    await client.Predictions.WaitAsync(await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
                }
                catch (AtlasCloudException exception)
                {
                    Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, exception.Kind);
                }
            }

            Assert.True(charged.Count > 3);
            Assert.Equal(charged.Values.Sum(), client.Budget.Spent);
            Assert.True(charged.Values.Sum() <= 2m + charged.Values.Max(), $"{charged.Values.Sum()} was charged.");
        }
    }

    [Theory]
    [InlineData("-5", "5")]
    [InlineData("5", "-5")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("1e18", "1")]
    public async Task Unreal_token_counts_make_the_cost_of_a_reply_unknown(string input, string output)
    {
        StubHandler service = SomeChat.Service(StubReply.Json(
            $$"""{"id":"1","choices":[{"message":{"content":"Rain."},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{input}},"completion_tokens":{{output}} } }"""));
        AtlasCloudClient client = Client(service, 1m);

        ChatReply reply = await client.Chat.CompleteAsync(SomeChat.Request());

        Assert.Equal(("Rain.", null), (reply.Text, reply.EstimatedCost));
        Assert.Equal(0m, client.Budget.Spent);
    }

    [Fact]
    public void Sums_of_quotes_and_billing_rows_do_not_overflow()
    {
        Quote quote = new() { Price = decimal.MaxValue };

        Assert.Equal(decimal.MaxValue, QuoteTotal.Sum([quote, quote], 2).Price);
        CostRow row = new() { Amount = decimal.MaxValue };
        Assert.Equal(decimal.MaxValue, ((CostRow)row.Add(row)).Amount);
    }

    [Fact]
    public void Unreal_catalog_prices_are_unknown()
    {
        ModelPrice? price = ModelPrice.Read(Some.Json("""{"price":{"actual":{"base_price":"-1","input_price":"2","output_price":1e20,"cache_price":-3},"origin":{"base_price":"1e9"}}}"""), ModelKind.Chat);

        Assert.Equal((null, 2m, null, null, null), (price!.Base, price.Input, price.Output, price.CachedInput, price.ListBase));
    }

    private static string AnyUnreal(Random random) => Unreal.ElementAt(random.Next(Unreal.Count)).Data;

    private static StubReply Quote(string price) => StubReply.Json($$"""{"code":200,"data":{"price":{{price}},"currency":"usd"} }""");

    private static StubHandler Service(string quote, params StubReply[] polls) => Some.Service()
        .When("/model/calculate", Quote(quote)).When("/model/generate", Fixture.Reply("submit/image-processing.json")).When("/model/prediction/", polls);

    private static AtlasCloudClient Client(StubHandler service, decimal budget) =>
        Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, Budget = budget });
}
