using AtlasCloud.Logging;
using Polly;
using Polly.Retry;

namespace AtlasCloud.Http;

/// <summary>What may be sent again, how often and when. Polly does the rest.</summary>
internal static class RetryPipelines
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Reads, quotes and uploads: on 429, 5xx, connection faults and time-outs.</summary>
    internal static ResiliencePipeline<ApiResponse> ForFreeRequests(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        IsPassing);

    /// <summary>Reads that shall fail at once where there is no name, no connection or no TLS; otherwise the same.</summary>
    internal static ResiliencePipeline<ApiResponse> ForReadsOfWhatIsReached(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        outcome => IsPassing(outcome) && !(outcome.Exception is AtlasCloudException exception && exception.IsNotSent));

    /// <summary>Submits: only what provably did not arrive, and what was refused with 429.</summary>
    internal static ResiliencePipeline<ApiResponse> ForBillableRequests(int count, TimeProvider clock, Random random) => Build(
        count,
        clock,
        random,
        outcome => (outcome.Exception is AtlasCloudException exception && exception.IsNotSent)
            || (int?)outcome.Result?.Status == 429);

    private static bool IsPassing(Outcome<ApiResponse> outcome) =>
        outcome.Exception is AtlasCloudException { Kind: AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut }
        || (outcome.Result is ApiResponse reply && ((int)reply.Status == 429 || ((int)reply.Status >= 500 && !ResponseEnvelope.CarriesState(reply))));

    private static ResiliencePipeline<ApiResponse> Build(
        int count, TimeProvider clock, Random random, Func<Outcome<ApiResponse>, bool> again)
    {
        if (count <= 0)
        {
            return ResiliencePipeline<ApiResponse>.Empty;
        }

        object turn = new();
        ResiliencePipelineBuilder<ApiResponse> builder = new() { TimeProvider = clock };
        return builder.AddRetry(new RetryStrategyOptions<ApiResponse>
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
                AtlasCloudLog.Verbose($"Trying again in {arguments.RetryDelay.TotalSeconds:0.#} s ({arguments.AttemptNumber + 1} of {count}): {why}");
                return default;
            },
        }).Build();
    }
}
