using System.Globalization;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>What is free is tried again.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    public async Task A_read_is_tried_again_after_a_passing_refusal(int status)
    {
        StubHandler service = new(StubReply.Text("busy", status), Some.Completed());

        ApiResponse reply = await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.True(reply.IsSuccessStatus);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_read_is_tried_again_after_a_fault(HttpRequestError error)
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
    public async Task A_read_is_not_tried_again_after_a_refusal_that_will_not_change(int status)
    {
        StubHandler service = new StubHandler().When("/", StubReply.Text("no", status));

        await Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop);

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_read_is_given_up_after_the_third_repeat()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Pipeline(service).SendAsync(Some.Read(), Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, failed.Kind);
        Assert.Equal(4, service.Seen.Count);
    }

    [Fact]
    public async Task Waits_grow()
    {
        FakeClock clock = new();
        StubHandler service = new StubHandler().When("/", StubReply.Text("down", 503));

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal(3, clock.Delays.Count);
        Assert.True(clock.Delays[2] > clock.Delays[0], string.Join(", ", clock.Delays));
    }

    [Fact]
    public async Task The_services_own_wish_decides_the_wait()
    {
        FakeClock clock = new();
        StubHandler service = new(StubReply.Json("{}", 503, ("Retry-After", "7")), Some.Completed());

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Delays);
    }

    [Fact]
    public async Task A_wish_given_as_a_date_is_counted_from_now()
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
    public async Task A_wish_for_a_year_is_cut_to_a_minute(int status)
    {
        FakeClock clock = new();
        StubHandler service = new(StubReply.Json("{}", status, ("Retry-After", "31536000")), Some.Completed());

        await Some.Pipeline(service, clock).SendAsync(Some.Read(), Some.NoStop);

        Assert.All(clock.Delays, d => Assert.InRange(d, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_429_slows_every_request_of_the_client()
    {
        FakeClock clock = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Json("{}", 429, ("Retry-After", "20")), Some.Completed()), clock);
        await http.SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop);

        await http.SendAsync(Some.Read("models"), Some.NoStop);

        Assert.InRange(Assert.Single(clock.Delays), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task A_body_beyond_all_limits_is_not_read_to_its_end()
    {
        using ByteArrayContent content = new(new byte[3000]);
        content.Headers.ContentLength = null;

        AtlasCloudException large = await Assert.ThrowsAsync<AtlasCloudException>(() => BoundedReader.ReadAsync(content, 1024, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, large.Kind);
    }

    [Fact]
    public async Task A_body_that_announces_more_than_the_limit_is_not_begun()
    {
        using StreamContent content = new(new DrippingStream([], 1, () => new InvalidOperationException("It was read.")));
        content.Headers.ContentLength = 4096;

        AtlasCloudException large = await Assert.ThrowsAsync<AtlasCloudException>(() => BoundedReader.ReadAsync(content, 1024, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, large.Kind);
    }

    [Fact]
    public async Task A_failed_task_that_answers_500_is_believed_at_once()
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("prediction/failed-http500.json"));

        Prediction read = await Some.Client(service).Predictions.GetAsync(Some.Id);

        Assert.Equal(PredictionState.Failed, read.State);
        Assert.Single(service.Seen);
    }
}
