namespace AtlasCloud;

/// <summary>
/// The order in which concurrent requests are released for the submit: each after the one before it was checked and its cost was reserved. With a budget, the
/// order of the input then decides which requests are submitted. Pass a turn to <see cref="PredictionResource.CreateInOrderAsync"/>.
/// </summary>
/// <param name="stopsAtRefusal">Whether no later request is submitted once one was refused without being sent.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class SubmitOrder(bool stopsAtRefusal = false)
{
    private readonly object _lock = new();
    private Task<bool> _last = Task.FromResult(true);

    /// <summary>Takes the next turn. Each turn must be used, since the later ones wait for it.</summary>
    public SubmitTurn TakeTurn()
    {
        lock (_lock)
        {
            SubmitTurn turn = new(_last, stopsAtRefusal);
            _last = turn.Ended;
            return turn;
        }
    }
}
