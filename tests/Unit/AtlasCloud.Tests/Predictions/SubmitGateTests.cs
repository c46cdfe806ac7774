using System.Net;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

public sealed class SubmitGateTests
{
    private static readonly HttpReply s_accepted = new(HttpStatusCode.OK, []);
    private static readonly HttpReply s_refused = new(HttpStatusCode.PaymentRequired, []);

    [Fact]
    public async Task A_402_beside_other_submits_is_tried_again_alone()
    {
        SubmitGate gate = new(4);
        TaskCompletionSource<HttpReply> other = new();
        Queue<HttpReply> answers = new([s_refused, s_accepted]);
        Task<HttpReply> beside = gate.PassAsync(() => other.Task, Some.NoStop);

        Task<HttpReply> first = gate.PassAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        Assert.Equal((1, 1), (gate.Limit, answers.Count));
        other.SetResult(s_accepted);
        await beside;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task Each_success_makes_room_for_one_more()
    {
        SubmitGate gate = new(2);

        await gate.PassAsync(() => Task.FromResult(s_accepted), Some.NoStop);

        Assert.Equal(3, gate.Limit);
    }

    [Fact]
    public async Task A_402_of_a_submit_that_was_alone_is_believed()
    {
        SubmitGate gate = new(4);

        Assert.Same(s_refused, await gate.PassAsync(() => Task.FromResult(s_refused), Some.NoStop));
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task A_402_inside_a_success_counts_as_well()
    {
        SubmitGate gate = new(4);
        TaskCompletionSource<HttpReply> other = new();
        Queue<HttpReply> answers = new([Fixture.HttpReply("submit/http200-code402.json"), s_accepted]);
        Task<HttpReply> beside = gate.PassAsync(() => other.Task, Some.NoStop);

        Task<HttpReply> first = gate.PassAsync(() => Task.FromResult(answers.Dequeue()), Some.NoStop);
        other.SetResult(s_accepted);
        await beside;

        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task When_all_are_refused_for_money_each_is_told_so_in_the_end()
    {
        SubmitGate gate = new(8);
        Task<HttpReply>[] submits = [.. Enumerable.Range(0, 20).Select(_ => gate.PassAsync(RefuseAsync, Some.NoStop))];

        Assert.All(await Task.WhenAll(submits), r => Assert.Same(s_refused, r));
    }

    [Fact]
    public async Task No_more_are_in_flight_than_allowed()
    {
        SubmitGate gate = new(2);
        TaskCompletionSource<HttpReply> hold = new();
        int begun = 0;
        Task<HttpReply>[] submits = [.. Enumerable.Range(0, 5).Select(_ => gate.PassAsync(() =>
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
        SubmitGate gate = new(1);
        using CancellationTokenSource stop = new();
        TaskCompletionSource<HttpReply> hold = new();
        Task<HttpReply> first = gate.PassAsync(() => hold.Task, Some.NoStop);
        Task<HttpReply> second = gate.PassAsync(() => Task.FromResult(s_accepted), stop.Token);
        Task<HttpReply> third = gate.PassAsync(() => Task.FromResult(s_accepted), Some.NoStop);

        await stop.CancelAsync();
        hold.SetResult(s_accepted);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Same(s_accepted, await third);
        Assert.Same(s_accepted, await first);
    }

    [Fact]
    public async Task One_that_fails_frees_its_place()
    {
        SubmitGate gate = new(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.PassAsync(() => throw new InvalidOperationException(), Some.NoStop));

        Assert.Same(s_accepted, await gate.PassAsync(() => Task.FromResult(s_accepted), Some.NoStop));
    }

    private static async Task<HttpReply> RefuseAsync()
    {
        await Task.Yield();
        return s_refused;
    }
}
