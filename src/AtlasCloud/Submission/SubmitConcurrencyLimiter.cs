using AtlasCloud.Http;

namespace AtlasCloud.Submission;

/// <summary>
/// Limits the concurrent submits of one client. Concurrent submits reserve money at the same time and can be rejected with HTTP 402 although the balance would
/// cover them one after another. On such a rejection the limit falls to half of the submits in flight, and grows by one with each success. A 402 is returned to
/// the caller only if no other submit was in flight.
/// </summary>
internal sealed class SubmitConcurrencyLimiter(int limit = int.MaxValue)
{
    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _maxLimit = Math.Max(1, limit);
    private int _limit = Math.Max(1, limit);
    private int _inFlight;

    /// <summary>The current limit.</summary>
    internal int Limit { get { lock (_lock) { return _limit; } } }

    /// <summary>Submits once the limit allows, and again if the submit was rejected with 402 while others were in flight.</summary>
    internal async Task<ApiResponse> RunAsync(Func<Task<ApiResponse>> submit, CancellationToken cancellationToken)
    {
        while (true)
        {
            await AcquireAsync(cancellationToken).ConfigureAwait(false);
            bool wasOnlyOne;
            ApiResponse reply;
            try
            {
                wasOnlyOne = IsOnlyOne();
                reply = await submit().ConfigureAwait(false);
                wasOnlyOne &= IsOnlyOne();
            }
            finally
            {
                Release();
            }

            if (!IsRefusedForMoney(reply))
            {
                Grow();
                return reply;
            }

            if (wasOnlyOne)
            {
                return reply;
            }

            int limit = Shrink();
            AtlasCloudLog.Verbose($"A submit was rejected with HTTP 402 while others were in flight. It is retried with at most {limit} concurrent submits.");
        }
    }

    private static bool IsRefusedForMoney(ApiResponse reply) => !reply.IsNotRefused && reply.EffectiveStatus == 402;

    private bool IsOnlyOne()
    {
        lock (_lock)
        {
            return _inFlight == 1;
        }
    }

    private int Shrink()
    {
        lock (_lock)
        {
            // The rejected submit was released already, but was in flight with the others.
            return _limit = Math.Max(1, Math.Min(_limit, _inFlight + 1) / 2);
        }
    }

    private void Grow()
    {
        lock (_lock)
        {
            if (_limit < _maxLimit)
            {
                _limit++;
                ReleaseWaiting();
            }
        }
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_inFlight < _limit)
            {
                _inFlight++;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        using CancellationTokenRegistration registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task.ConfigureAwait(false);
    }

    private void Release()
    {
        lock (_lock)
        {
            _inFlight--;
            ReleaseWaiting();
        }
    }

    // Called with the lock held.
    private void ReleaseWaiting()
    {
        while (_inFlight < _limit && _waiting.TryDequeue(out TaskCompletionSource? next))
        {
            // False if the submit was cancelled while it waited: the next one gets its turn.
            if (next.TrySetResult())
            {
                _inFlight++;
            }
        }
    }
}
