using System.Net;
using AtlasCloud.Http;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests;

public sealed class SubmitConcurrencyLimiterTests
{
    private static readonly ApiResponse s_accepted = new(HttpStatusCode.OK, []);
    private static readonly ApiResponse s_refused = new(HttpStatusCode.PaymentRequired, []);

    [Fact]
    public async Task A_402_beside_other_submits_is_tried_again_alone()
    {
        SubmitConcurrencyLimiter gate = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([s_refused, s_accepted]);
        Task<ApiResponse> beside = gate.RunAsync(() => other.Task, Some.NoStop);

        Task<ApiResponse> first = gate.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        Assert.Equal(1, gate.Limit);
        Assert.False(first.IsCompleted);
        other.SetResult(s_accepted);
        await beside;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task Each_success_lets_one_more_in_up_to_where_it_began()
    {
        SubmitConcurrencyLimiter gate = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([s_refused, s_accepted]);
        Task<ApiResponse> beside = gate.RunAsync(() => other.Task, Some.NoStop);
        Task<ApiResponse> first = gate.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        other.SetResult(s_accepted);
        await Task.WhenAll(beside, first);

        Assert.Equal(3, gate.Limit);
        for (int i = 0; i < 3; i++)
        {
            await gate.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop);
        }

        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task A_402_of_a_submit_that_was_alone_is_believed()
    {
        SubmitConcurrencyLimiter gate = new(4);

        Assert.Same(s_refused, await gate.RunAsync(() => Task.FromResult(s_refused), Some.NoStop));
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task A_402_inside_a_success_counts_as_well()
    {
        SubmitConcurrencyLimiter gate = new(4);
        TaskCompletionSource<ApiResponse> other = new();
        Queue<ApiResponse> answers = new([Fixture.HttpReply("submit/http200-code402.json"), s_accepted]);
        Task<ApiResponse> beside = gate.RunAsync(() => other.Task, Some.NoStop);

        Task<ApiResponse> first = gate.RunAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        other.SetResult(s_accepted);
        await beside;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task When_all_are_refused_for_money_each_is_told_so_in_the_end()
    {
        SubmitConcurrencyLimiter gate = new(8);
        Task<ApiResponse>[] submits = [.. Enumerable.Range(0, 20).Select(_ => gate.RunAsync(RefuseAsync, Some.NoStop))];

        Assert.All(await Task.WhenAll(submits), r => Assert.Same(s_refused, r));
    }

    [Fact]
    public async Task No_more_are_in_flight_than_allowed()
    {
        SubmitConcurrencyLimiter gate = new(2);
        TaskCompletionSource<ApiResponse> hold = new();
        int begun = 0;
        Task<ApiResponse>[] submits = [.. Enumerable.Range(0, 5).Select(_ => gate.RunAsync(() =>
        {
            Interlocked.Increment(ref begun);
            return hold.Task;
        }, Some.NoStop))];

        Assert.Equal(2, begun);
        hold.SetResult(s_accepted);
        await Task.WhenAll(submits);
        Assert.Equal(5, begun);
    }

    [Fact]
    public async Task One_that_is_stopped_while_it_waits_gives_its_place_to_the_next()
    {
        SubmitConcurrencyLimiter gate = new(1);
        using CancellationTokenSource stop = new();
        TaskCompletionSource<ApiResponse> hold = new();
        Task<ApiResponse> first = gate.RunAsync(() => hold.Task, Some.NoStop);
        Task<ApiResponse> second = gate.RunAsync(() => Task.FromResult(s_accepted), stop.Token);
        Task<ApiResponse> third = gate.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop);

        await stop.CancelAsync();
        hold.SetResult(s_accepted);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Same(s_accepted, await third);
        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task One_that_fails_frees_its_place()
    {
        SubmitConcurrencyLimiter gate = new(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.RunAsync(() => throw new InvalidOperationException(), Some.NoStop));

        Assert.Same(s_accepted, await gate.RunAsync(() => Task.FromResult(s_accepted), Some.NoStop));
    }

    private static async Task<ApiResponse> RefuseAsync()
    {
        await Task.Yield();
        return s_refused;
    }
}
