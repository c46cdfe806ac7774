using AtlasCloud.Http;

namespace AtlasCloud.Submission;

/// <summary>
/// Bounds the submits in flight of one client once that is needed. Parallel submits reserve money together and can be refused with
/// 402 although each alone could be paid: the bound then falls to half of what was in flight, and grows again by one with each
/// success. Only a submit that was refused while it was alone is believed.
/// </summary>
internal sealed class SubmitConcurrencyLimiter(int limit = int.MaxValue)
{
    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _most = Math.Max(1, limit);
    private int _limit = Math.Max(1, limit);
    private int _inFlight;

    /// <summary>The bound as it stands.</summary>
    internal int Limit { get { lock (_lock) { return _limit; } } }

    /// <summary>Does the work when there is room for it, and again by itself if it was refused beside others.</summary>
    internal async Task<ApiResponse> RunAsync(Func<Task<ApiResponse>> submit, CancellationToken cancellationToken)
    {
        while (true)
        {
            await EnterAsync(cancellationToken).ConfigureAwait(false);
            bool wasAlone;
            ApiResponse reply;
            try
            {
                wasAlone = IsAlone();
                reply = await submit().ConfigureAwait(false);
                wasAlone &= IsAlone();
            }
            finally
            {
                Leave();
            }

            if (!IsRefusedForMoney(reply))
            {
                Grow();
                return reply;
            }

            if (wasAlone)
            {
                return reply;
            }

            int now = Shrink();
            AtlasCloudLog.Verbose($"Refused with 402 beside other submits: {now} at a time from here on, and this one again.");
        }
    }

    private static bool IsRefusedForMoney(ApiResponse reply) =>
        (int)reply.Status == 402 || (reply.Json is { } json && ResponseEnvelope.FailureCode(json) == 402);

    private bool IsAlone()
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
            // The refused one has left already; it was in flight with the others.
            return _limit = Math.Max(1, Math.Min(_limit, _inFlight + 1) / 2);
        }
    }

    private void Grow()
    {
        lock (_lock)
        {
            if (_limit < _most)
            {
                _limit++;
                LetIn();
            }
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_inFlight < _limit)
            {
                _inFlight++;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await place.Task.ConfigureAwait(false);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            LetIn();
        }
    }

    // Called with the lock held.
    private void LetIn()
    {
        while (_inFlight < _limit && _waiting.TryDequeue(out TaskCompletionSource? next))
        {
            // One that was cancelled while it waited gives its place to the one behind it.
            if (next.TrySetResult())
            {
                _inFlight++;
            }
        }
    }
}
