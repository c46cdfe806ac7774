using System.Net;
using AtlasCloud.Http;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests;

public sealed class SubmitConcurrencyLimiterTests
{
    private static readonly ApiResponse s_accepted = new(HttpStatusCode.OK, []);
    private static readonly ApiResponse s_refused = new(HttpStatusCode.PaymentRequired, []);

    [Fact]
    public async Task Submit_refused_with_402_is_retried_when_others_were_in_flight()
    {
        SubmitConcurrencyLimiter limiter = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([s_refused, s_accepted]);
        Task<ApiResponse> concurrent = limiter.RunAsync(() => other.Task, Some.NoStop);

        Task<ApiResponse> first = limiter.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        Assert.Equal(1, limiter.Limit);
        Assert.False(first.IsCompleted);
        other.SetResult(s_accepted);
        await concurrent;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task Limit_grows_by_one_with_each_success_up_to_its_maximum()
    {
        SubmitConcurrencyLimiter limiter = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([s_refused, s_accepted]);
        Task<ApiResponse> concurrent = limiter.RunAsync(() => other.Task, Some.NoStop);
        Task<ApiResponse> first = limiter.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        other.SetResult(s_accepted);
        await Task.WhenAll(concurrent, first);

        Assert.Equal(3, limiter.Limit);
        for (int i = 0; i < 3; i++)
        {
            await limiter.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop);
        }

        Assert.Equal(4, limiter.Limit);
    }

    [Fact]
    public async Task Submit_refused_with_402_is_not_retried_when_no_other_was_in_flight()
    {
        SubmitConcurrencyLimiter limiter = new(4);

        Assert.Same(s_refused, await limiter.RunAsync(() => Task.FromResult(s_refused), Some.NoStop));
        Assert.Equal(4, limiter.Limit);
    }

    [Fact]
    public async Task Submit_refused_with_code_402_in_HTTP_200_is_retried()
    {
        SubmitConcurrencyLimiter limiter = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([Fixture.HttpReply("submit/http200-code402.json"), s_accepted]);
        Task<ApiResponse> concurrent = limiter.RunAsync(() => other.Task, Some.NoStop);

        Task<ApiResponse> first = limiter.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        other.SetResult(s_accepted);
        await concurrent;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task All_submits_return_402_when_all_are_refused()
    {
        SubmitConcurrencyLimiter limiter = new(8);
        Task<ApiResponse>[] submits = [.. Enumerable.Range(0, 20).Select(_ => limiter.RunAsync(RefuseAsync, Some.NoStop))];

        Assert.All(await Task.WhenAll(submits), r => Assert.Same(s_refused, r));
    }

    [Fact]
    public async Task Concurrent_submits_do_not_exceed_the_limit()
    {
        SubmitConcurrencyLimiter limiter = new(2);
        TaskCompletionSource<ApiResponse> hold = new();
        int started = 0;
        Task<ApiResponse>[] submits = [.. Enumerable.Range(0, 5).Select(_ => limiter.RunAsync(() =>
        {
            Interlocked.Increment(ref started);
            return hold.Task;
        }, Some.NoStop))];

        Assert.Equal(2, started);
        hold.SetResult(s_accepted);
        await Task.WhenAll(submits);
        Assert.Equal(5, started);
    }

    [Fact]
    public async Task Submit_cancelled_while_waiting_lets_the_next_one_run()
    {
        SubmitConcurrencyLimiter limiter = new(1);
        using CancellationTokenSource cancellation = new();
        TaskCompletionSource<ApiResponse> hold = new();
        Task<ApiResponse> first = limiter.RunAsync(() => hold.Task, Some.NoStop);
        Task<ApiResponse> second = limiter.RunAsync(() => Task.FromResult(s_accepted), cancellation.Token);
        Task<ApiResponse> third = limiter.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop);

        await cancellation.CancelAsync();
        hold.SetResult(s_accepted);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Same(s_accepted, await third);
        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task Failed_submit_lets_the_next_one_run()
    {
        SubmitConcurrencyLimiter limiter = new(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => limiter.RunAsync(() => throw new InvalidOperationException(), Some.NoStop));

        Assert.Same(s_accepted, await limiter.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop));
    }

    private static async Task<ApiResponse> RefuseAsync()
    {
        await Task.Yield();
        return s_refused;
    }
}
