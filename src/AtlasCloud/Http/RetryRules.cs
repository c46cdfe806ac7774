using Polly;
using Polly.Retry;

namespace AtlasCloud.Http;

/// <summary>What may be sent again, how often and when. Polly does the rest.</summary>
internal static class RetryRules
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Reads, quotes and uploads: on 429, 5xx, connection faults and time-outs.</summary>
    internal static ResiliencePipeline<HttpReply> ForFreeRequests(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        IsPassing);

    /// <summary>Reads that shall fail at once where there is no name, no connection or no TLS; otherwise the same.</summary>
    internal static ResiliencePipeline<HttpReply> ForReadsOfWhatIsReached(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        outcome => IsPassing(outcome) && !(outcome.Exception is AtlasCloudException exception && TransportErrors.NothingSent(exception)));

    /// <summary>Submits: only what provably did not arrive, and what was refused with 429.</summary>
    internal static ResiliencePipeline<HttpReply> ForBillableRequests(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        outcome => (outcome.Exception is AtlasCloudException exception && TransportErrors.NothingSent(exception))
            || (int?)outcome.Result?.Status == 429);

    private static bool IsPassing(Outcome<HttpReply> outcome) =>
        outcome.Exception is AtlasCloudException { Kind: AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut }
        || (outcome.Result is HttpReply reply && ((int)reply.Status == 429 || ((int)reply.Status >= 500 && !ReplyEnvelope.CarriesState(reply))));

    private static ResiliencePipeline<HttpReply> Build(
        int count, TimeProvider clock, Random random, Func<Outcome<HttpReply>, bool> again)
    {
        if (count <= 0)
        {
            return ResiliencePipeline<HttpReply>.Empty;
        }

        object turn = new();
        ResiliencePipelineBuilder<HttpReply> builder = new() { TimeProvider = clock };
        return builder.AddRetry(new RetryStrategyOptions<HttpReply>
        {
            MaxRetryAttempts = count,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = LongestWait,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = () => { lock (turn) { return random.NextDouble(); } },
            ShouldHandle = arguments => ValueTask.FromResult(again(arguments.Outcome)),

            // The service's own wish counts, within reason; null falls back to the growing delay.
            DelayGenerator = arguments => ValueTask.FromResult(
                arguments.Outcome.Result?.RetryAfter is TimeSpan wish ? (wish < LongestWait ? wish : LongestWait) : (TimeSpan?)null),
            OnRetry = arguments =>
            {
                string why = arguments.Outcome.Exception?.Message ?? $"HTTP {(int)arguments.Outcome.Result!.Status}";
                Diagnostics.Verbose($"Trying again in {arguments.RetryDelay.TotalSeconds:0.#} s ({arguments.AttemptNumber + 1} of {count}): {why}");
                return default;
            },
        }).Build();
    }
}
