using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Cancellation, timeouts, and the grace time of a submit in flight.</summary>
public sealed class CancellationTests
{
    private const string Path = "/model/generateImage";

    [Fact]
    public async Task Request_that_exceeds_its_timeout_throws_RequestTimedOut()
    {
        FakeClock clock = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Silence(() => clock.Advance(TimeSpan.FromSeconds(61)))), clock);

        AtlasCloudException late = await Assert.ThrowsAsync<AtlasCloudException>(() => http.SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.RequestTimedOut, late.Kind);
        Assert.Contains("60 s", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_not_reported_as_a_timeout()
    {
        using CancellationTokenSource cancellation = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Silence(cancellation.Cancel)));

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(Some.Read(), cancellation.Token));

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Cancelled_request_is_not_retried()
    {
        using CancellationTokenSource cancellation = new();
        StubHandler service = new StubHandler().When("/", StubReply.Silence(cancellation.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Pipeline(service).SendAsync(Some.Read(), cancellation.Token));

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Request_is_not_sent_if_it_is_already_cancelled()
    {
        StubHandler service = new StubHandler().When("/", Some.Completed());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Pipeline(service).SendAsync(Some.Read(), new CancellationToken(canceled: true)));

        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Submit_in_flight_still_returns_its_ID_after_a_cancellation()
    {
        using CancellationTokenSource cancellation = new();
        StubReply late = new((request, cancellationToken) =>
        {
            cancellation.Cancel();
            return Fixture.Reply("submit/image-processing.json").AnswerAsync(request, cancellationToken);
        });
        StubHandler service = Some.Service().When(Path, late);

        Prediction made = await Some.Client(service).Predictions.CreateGracefullyAsync(Some.Request(), GenerationKind.Image, Some.NoStop, cancellation.Token);

        Assert.Equal(Some.Id, made.Id);
    }

    [Fact]
    public async Task Submit_in_flight_ends_with_its_own_cancellation()
    {
        using CancellationTokenSource cancellation = new();
        using CancellationTokenSource wire = new();
        StubHandler service = Some.Service().When(Path, StubReply.Silence(() =>
        {
            cancellation.Cancel();
            wire.Cancel();
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Client(service).Predictions.CreateGracefullyAsync(Some.Request(), GenerationKind.Image, wire.Token, cancellation.Token));
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Refused_submit_is_not_retried_after_a_cancellation()
    {
        using CancellationTokenSource cancellation = new();
        StubReply refused = new((request, cancellationToken) =>
        {
            cancellation.Cancel();
            return Fixture.Reply("errors/429-rate-limit.json").AnswerAsync(request, cancellationToken);
        });
        StubHandler service = Some.Service().When(Path, refused);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            Some.Client(service).Predictions.CreateGracefullyAsync(Some.Request(), GenerationKind.Image, Some.NoStop, cancellation.Token));
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Response_whose_body_stalls_throws_RequestTimedOut()
    {
        FakeClock clock = new();
        StubReply slow = StubReply.Stream(() => new SilentStream(() => clock.Advance(TimeSpan.FromSeconds(61))), "application/json");

        AtlasCloudException late = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Pipeline(new StubHandler(slow), clock).SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.RequestTimedOut, late.Kind);
    }
}
