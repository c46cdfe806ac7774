using System.Globalization;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Requests that cost nothing are retried.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    public async Task Read_is_retried_after_a_transient_error(int status)
    {
        StubHandler service = new(StubReply.Text("busy", status), Some.Completed());

        ApiResponse reply = await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.True(reply.IsSuccessStatus);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task Read_is_retried_after_a_network_error(HttpRequestError error)
    {
        StubHandler service = new(StubReply.Fault(error), Some.Completed());

        await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal(2, service.Seen.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(451)]
    public async Task Read_is_not_retried_after_a_permanent_refusal(int status)
    {
        StubHandler service = new StubHandler().When("/", StubReply.Text("no", status));

        await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Read_fails_after_three_retries()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, failed.Kind);
        Assert.Equal(4, service.Seen.Count);
    }

    [Fact]
    public async Task Retry_delays_grow()
    {
        FakeClock clock = new();
        StubHandler service = new StubHandler().When("/", StubReply.Text("down", 503));

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal(3, clock.Delays.Count);
        Assert.True(clock.Delays[2] > clock.Delays[0], string.Join(", ", clock.Delays));
    }

    [Fact]
    public async Task Retry_delay_follows_Retry_After()
    {
        FakeClock clock = new();
        StubHandler service = new(StubReply.Json("{}", 503, ("Retry-After", "7")), Some.Completed());

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Delays);
    }

    [Fact]
    public async Task Retry_After_as_a_date_is_relative_to_now()
    {
        FakeClock clock = new();
        string date = clock.GetUtcNow().AddSeconds(12).ToString("R", CultureInfo.InvariantCulture);
        StubHandler service = new(StubReply.Json("{}", 503, ("Retry-After", date)), Some.Completed());

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal([TimeSpan.FromSeconds(12)], clock.Delays);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Retry_After_is_limited_to_one_minute(int status)
    {
        FakeClock clock = new();
        StubHandler service = new(StubReply.Json("{}", status, ("Retry-After", "31536000")), Some.Completed());

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.All(clock.Delays, d => Assert.InRange(d, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Response_429_delays_all_requests_of_the_client()
    {
        FakeClock clock = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Json("{}", 429, ("Retry-After", "20")), Some.Completed()), clock);
        await http.SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop);

        await http.SendAsync(Some.Read("models"), Some.NoStop);

        Assert.InRange(Assert.Single(clock.Delays), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task Body_that_exceeds_the_limit_throws_UnexpectedReply()
    {
        using ByteArrayContent content = new(new byte[3000]);
        content.Headers.ContentLength = null;

        AtlasCloudException large = await Assert.ThrowsAsync<AtlasCloudException>(() => BoundedReader.ReadAsync(content, 1024, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, large.Kind);
    }

    [Fact]
    public async Task Body_whose_announced_length_exceeds_the_limit_is_not_read()
    {
        using StreamContent content = new(new DrippingStream([], 1, () => new InvalidOperationException("It was read.")));
        content.Headers.ContentLength = 4096;

        AtlasCloudException large = await Assert.ThrowsAsync<AtlasCloudException>(() => BoundedReader.ReadAsync(content, 1024, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, large.Kind);
    }

    [Fact]
    public async Task Failed_prediction_with_HTTP_500_is_read_once_more_and_not_retried()
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("prediction/failed-http500.json"));

        Prediction read = await Some.Client(service).Predictions.GetAsync(Fixture.PredictionId("prediction/failed-http500.json"));

        Assert.Equal(PredictionState.Failed, read.State);
        Assert.Equal(2, service.Seen.Count);
    }
}
