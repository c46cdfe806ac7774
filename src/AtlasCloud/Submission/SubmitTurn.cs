namespace AtlasCloud;

/// <summary>The place of one request in a <see cref="SubmitOrder"/>. Used once.</summary>
public sealed class SubmitTurn
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<bool> _before;
    private readonly bool _stopsAtRefusal;

    internal SubmitTurn(Task<bool> before, bool stopsAtRefusal) => (_before, _stopsAtRefusal) = (before, stopsAtRefusal);

    /// <summary>Completed once this request and all before it are released; false if the later ones must not be submitted.</summary>
    internal Task<bool> Ended => _ended.Task;

    /// <summary>Waits until all requests before this one are released.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled, or a request before this one was refused and ends the order.</exception>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!await _before.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException("The request was not submitted, because one before it was refused.");
        }
    }

    /// <summary>Releases the next request: this one is checked and reserved.</summary>
    internal void Pass() => _ended.TrySetResult(true);

    /// <summary>Releases the next request once all before this one are released: nothing is submitted for this one.</summary>
    internal void Skip() => _ = _before.ContinueWith(
        before => _ended.TrySetResult(before.IsCompletedSuccessfully && before.Result),
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Releases the next request, unless a refusal ends the order. The requests before this one still come first. No effect after <see cref="Pass"/>.</summary>
    internal void Refuse() => _ = _before.ContinueWith(
        before => _ended.TrySetResult(before.IsCompletedSuccessfully && before.Result && !_stopsAtRefusal),
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
