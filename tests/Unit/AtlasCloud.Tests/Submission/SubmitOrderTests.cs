namespace AtlasCloud.Tests;

public sealed class SubmitOrderTests
{
    [Fact]
    public async Task Turn_waits_for_all_turns_before_it()
    {
        SubmitOrder order = new();
        (SubmitTurn first, SubmitTurn second, SubmitTurn third) = (order.TakeTurn(), order.TakeTurn(), order.TakeTurn());
        second.Refuse();
        Task waiting = third.WaitAsync(CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        first.Pass();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Refusal_ends_the_order_if_requested()
    {
        SubmitOrder order = new(stopsAtRefusal: true);
        (SubmitTurn first, SubmitTurn second, SubmitTurn third) = (order.TakeTurn(), order.TakeTurn(), order.TakeTurn());
        first.Refuse();

        await Assert.ThrowsAsync<OperationCanceledException>(() => second.WaitAsync(CancellationToken.None));
        second.Refuse();
        await Assert.ThrowsAsync<OperationCanceledException>(() => third.WaitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Failure_after_the_release_does_not_end_the_order()
    {
        SubmitOrder order = new(stopsAtRefusal: true);
        (SubmitTurn first, SubmitTurn second) = (order.TakeTurn(), order.TakeTurn());
        first.Pass();
        first.Refuse();

        await second.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Wait_for_a_turn_can_be_canceled()
    {
        SubmitOrder order = new();
        order.TakeTurn();
        using CancellationTokenSource stop = new();
        Task waiting = order.TakeTurn().WaitAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
