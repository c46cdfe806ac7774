using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>A wish to stop, a time limit, and the time that a submit on the wire still gets.</summary>
public sealed class StopTests
{
    private const string Path = "/model/generateImage";

    [Fact]
    public async Task A_limit_that_passes_is_a_time_out()
    {
        FakeClock clock = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Silence(() => clock.Advance(TimeSpan.FromSeconds(61)))), clock);

        AtlasCloudException late = await Assert.ThrowsAsync<AtlasCloudException>(() => http.SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.RequestTimedOut, late.Kind);
        Assert.Contains("60 s", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_to_stop_is_not_a_time_out()
    {
        using CancellationTokenSource stop = new();
        HttpPipeline http = Some.Pipeline(new StubHandler(StubReply.Silence(stop.Cancel)));

        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(Some.Read(), stop.Token));

        Assert.Equal(stop.Token, stopped.CancellationToken);
    }

    [Fact]
    public async Task A_request_that_was_stopped_is_not_sent_again()
    {
        using CancellationTokenSource stop = new();
        StubHandler service = new StubHandler().When("/", StubReply.Silence(stop.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Pipeline(service).SendAsync(Some.Read(), stop.Token));

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task After_the_wish_to_stop_nothing_is_sent()
    {
        StubHandler service = new StubHandler().When("/", Some.Completed());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Pipeline(service).SendAsync(Some.Read(), new CancellationToken(canceled: true)));

        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_submit_on_the_wire_may_still_deliver_its_id()
    {
        using CancellationTokenSource stop = new();
        StubReply late = new((request, cancellationToken) =>
        {
            stop.Cancel();
            return Fixture.Reply("submit/image-processing.json").AnswerAsync(request, cancellationToken);
        });
        StubHandler service = Some.Service().When(Path, late);

        Prediction made = await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image, Some.NoStop, stop.Token);

        Assert.Equal(Some.Id, made.Id);
    }

    [Fact]
    public async Task A_submit_on_the_wire_ends_when_its_own_time_is_up()
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource wire = new();
        StubHandler service = Some.Service().When(Path, StubReply.Silence(() =>
        {
            stop.Cancel();
            wire.Cancel();
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image, wire.Token, stop.Token));
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task After_the_wish_to_stop_a_refused_submit_is_not_sent_again()
    {
        using CancellationTokenSource stop = new();
        StubReply refused = new((request, cancellationToken) =>
        {
            stop.Cancel();
            return Fixture.Reply("errors/429-rate-limit.json").AnswerAsync(request, cancellationToken);
        });
        StubHandler service = Some.Service().When(Path, refused);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image, Some.NoStop, stop.Token));
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task A_body_that_keeps_silent_after_its_head_is_a_time_out()
    {
        FakeClock clock = new();
        StubReply slow = StubReply.Stream(() => new SilentStream(() => clock.Advance(TimeSpan.FromSeconds(61))), "application/json");

        AtlasCloudException late = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Pipeline(new StubHandler(slow), clock).SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop));

        Assert.Equal(AtlasCloudErrorKind.RequestTimedOut, late.Kind);
    }
}
