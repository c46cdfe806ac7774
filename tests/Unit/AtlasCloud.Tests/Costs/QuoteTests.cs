using System.Globalization;

namespace AtlasCloud.Tests;

public sealed class QuoteTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["bare.json"] = "0.32 of 0.32",
        ["defaults-bare.json"] = "0.48 of ",
        ["defaults-filled.json"] = "0.2593 of ",
        ["discounted.json"] = "0.595 of 0.7 at 85 %",
        ["error-unknown-model.json"] = "ModelNotFound",
        ["flat.json"] = "0.08 of 0.08 at 100 %",
        ["multi-select-one.json"] = "0.1408 of ",
        ["multi-select-three.json"] = "0.3808 of ",
        ["numeric.json"] = "0.32 of 0.32 at 100 %",
        ["partial.json"] = "0.453716 of 0.567146 at 80 % estimated from 50638 tokens, partial",
        ["token-estimated.json"] = "0.975744 of 1.21968 at 80 % estimated from 108900 tokens",
        ["veo-720p-8s-audio.json"] = "0.768 of 0.768 at 100 %",
    };

    public static TheoryData<string> Files => Fixture.Files("calculate");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_quote_is_read_as_documented(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"calculate/{file} has no expectation.");
        StubHandler service = Some.Service().When("/model/calculate", Fixture.Reply("calculate/" + file));

        Assert.Equal(expected, await QuoteAsync(service));
    }

    [Fact]
    public async Task QuoteAsync_sends_the_body_of_the_submit_and_the_one_with_the_defaults()
    {
        StubHandler service = Some.Service()
            .When("/model/calculate", Fixture.Reply("calculate/flat.json"))
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));
        AtlasCloudClient client = Some.Client(service);

        await client.Predictions.QuoteAsync(Some.Request(), GenerationKind.Image);
        await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        string submitted = service.SeenAt("/model/generateImage")[0].Text;
        string[] quoted = [.. service.SeenAt("/model/calculate").Select(s => s.Text)];
        Assert.Equal(2, quoted.Length);
        Assert.Contains(submitted, quoted);
        Assert.Contains(submitted[..^1] + ",\"aspect_ratio\":\"1:1\"", quoted.Single(q => q != submitted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("defaults-bare", "defaults-filled", "0.2593", "0.48", "0.2593 usd (at most 0.48)")]
    [InlineData("defaults-filled", "defaults-bare", "0.48", null, "0.48 usd")]
    [InlineData("defaults-bare", "defaults-bare", "0.48", null, "0.48 usd")]
    [InlineData("defaults-bare", "error-unknown-model", "0.48", null, "0.48 usd")]
    public async Task QuoteAsync_returns_the_price_with_the_defaults_and_the_higher_price_as_the_ceiling(string bare, string complete, string price, string? ceiling, string text)
    {
        Quote quote = await Some.Client(Priced(bare, complete)).Predictions.QuoteAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal((decimal.Parse(price, CultureInfo.InvariantCulture), ceiling), (quote.Price, quote.Ceiling?.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(text, quote.ToString());
    }

    [Fact]
    public void ToString_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("0.25 usd (at most 0.5)", new Quote { Price = 0.25m, Ceiling = 0.5m, Currency = "usd" }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task CreateAsync_compares_the_limit_with_the_ceiling()
    {
        StubHandler service = Priced("defaults-bare", "defaults-filled");

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(
            () => Some.Client(service).Predictions.CreateAsync(Some.Request() with { MaxCost = 0.3m }, GenerationKind.Image));

        Assert.Equal((AtlasCloudErrorReason.MaxCostExceeded, 0.48m), (refused.Reason, refused.Amount));
        Assert.Empty(service.SeenAt("/model/generate"));
    }

    [Fact]
    public async Task Image_that_is_billed_by_tokens_has_its_price_as_the_ceiling()
    {
        Quote quote = await Some.Client(Priced("token-estimated", "token-estimated")).Predictions.QuoteAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal(quote.Price, quote.Ceiling);
        Assert.StartsWith("at most 0.975744 usd", quote.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sum_adds_ceilings_up_if_there_is_one_above_the_price()
    {
        Quote plain = new() { Price = 1m };

        Assert.Null(QuoteTotal.Sum([plain, plain with { Ceiling = 1m }], 2).Ceiling);
        QuoteTotal total = QuoteTotal.Sum([plain, plain with { Ceiling = 1.5m }], 2);
        Assert.Equal(2.5m, total.Ceiling);
        Assert.Equal("2 requests: 2 usd (at most 2.5)", total.ToString());
    }

    private static StubHandler Priced(string bare, string complete) => Some.Service().When(
        "/model/calculate",
        new StubReply(async (request, cancellationToken) =>
        {
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            string file = body.Contains("aspect_ratio", StringComparison.Ordinal) ? complete : bare;
            return await Fixture.Reply($"calculate/{file}.json").AnswerAsync(request, cancellationToken);
        }));

    [Fact]
    public async Task QuoteAsync_submits_nothing()
    {
        StubHandler service = Some.Service().When("/model/calculate", Fixture.Reply("calculate/flat.json"));

        await QuoteAsync(service);

        Assert.Empty(service.SeenAt("/model/generate"));
    }

    [Fact]
    public async Task QuoteAsync_is_retried_after_a_transient_error()
    {
        StubHandler service = Some.Service().When("/model/calculate", Fixture.Reply("errors/503-unavailable.json"), Fixture.Reply("calculate/flat.json"));

        Assert.Equal("0.08 of 0.08 at 100 %", await QuoteAsync(service));
    }

    [Theory]
    [InlineData("""{"code":200,"data":{"price":"soon"}}""")]
    [InlineData("""{"code":200,"data":{"price":null}}""")]
    [InlineData("""{"code":200,"data":{"price":-1}}""")]
    [InlineData("""{"code":200,"data":null}""")]
    [InlineData("[]")]
    public async Task QuoteAsync_throws_UnexpectedReply_for_a_response_without_a_price(string body)
    {
        StubHandler service = Some.Service().When("/model/calculate", StubReply.Json(body));

        Assert.Equal("UnexpectedReply", await QuoteAsync(service));
    }

    [Fact]
    public void ToString_of_a_partial_quote_ends_with_or_more() =>
        Assert.Equal("0.453716 usd or more", Quote.Read(Fixture.Json("calculate/partial.json"))!.ToString());

    private static async Task<string> QuoteAsync(StubHandler service)
    {
        try
        {
            Quote quote = await Some.Client(service).Predictions.QuoteAsync(Some.Request(), GenerationKind.Image);
            string percent = quote.PercentOfList is decimal share ? string.Create(CultureInfo.InvariantCulture, $" at {share} %") : "";
            string tokens = quote.IsEstimated ? $" estimated from {quote.EstimatedTokens} tokens" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{quote.Price} of {quote.ListPrice}{percent}{tokens}{(quote.IsPartial ? ", partial" : "")}");
        }
        catch (AtlasCloudException exception)
        {
            return exception.Kind.ToString();
        }
    }
}
