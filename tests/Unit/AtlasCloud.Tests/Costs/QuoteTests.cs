using System.Globalization;

namespace AtlasCloud.Tests;

public sealed class QuoteTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["bare.json"] = "0.32 of 0.32",
        ["discounted.json"] = "0.595 of 0.7 at 85 %",
        ["error-unknown-model.json"] = "ModelNotFound",
        ["flat.json"] = "0.08 of 0.08 at 100 %",
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
    public async Task QuoteAsync_sends_the_same_body_as_the_submit()
    {
        StubHandler service = Some.Service()
            .When("/model/calculate", Fixture.Reply("calculate/flat.json"))
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));
        AtlasCloudClient client = Some.Client(service);

        await client.Predictions.QuoteAsync(Some.Request(), GenerationKind.Image);
        await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal(service.SeenAt("/model/generateImage")[0].Text, service.SeenAt("/model/calculate")[0].Text);
    }

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
