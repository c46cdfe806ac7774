using System.Diagnostics.CodeAnalysis;
using System.Net;
using AtlasCloud.Text;
using Polly;
using Polly.Retry;

namespace AtlasCloud.Http;

/// <summary>What may be retried, how often and when. Polly does the rest.</summary>
internal static class RetryRules
{
    /// <summary>The longest wait before a retry, whatever the service asks for.</summary>
    internal static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    /// <summary>The retries of a policy.</summary>
    internal static ResiliencePipeline<ApiResponse> For(RetryPolicy policy, int count, TimeProvider clock, Random random) => policy switch
    {
        RetryPolicy.Idempotent => Create<ApiResponse>(count, clock, random, IsTransient, GetRetryAfter),
        RetryPolicy.IdempotentIfReachable => Create<ApiResponse>(count, clock, random, o => IsTransient(o) && !IsNotSent(o.Exception), GetRetryAfter),
        RetryPolicy.OnlyIfNotAccepted => Create<ApiResponse>(count, clock, random, o => IsNotSent(o.Exception) || o.Result is { Status: HttpStatusCode.TooManyRequests, IsNotRefused: false }, GetRetryAfter),
        _ => ResiliencePipeline<ApiResponse>.Empty,
    };

    /// <summary>Retries with exponential back-off and jitter.</summary>
    /// <param name="count">The maximum number of retries.</param>
    /// <param name="clock">The clock that the waits use.</param>
    /// <param name="random">The source of jitter. Must be thread-safe.</param>
    /// <param name="shouldRetry">Whether an outcome is retried.</param>
    /// <param name="getRetryAfter">How long the service asks to wait; null to use the back-off.</param>
    internal static ResiliencePipeline<T> Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        int count, TimeProvider clock, Random random, Func<Outcome<T>, bool> shouldRetry, Func<Outcome<T>, TimeSpan?> getRetryAfter)
    {
        if (count <= 0)
        {
            return ResiliencePipeline<T>.Empty;
        }

        ResiliencePipelineBuilder<T> builder = new() { TimeProvider = clock };
        return builder.AddRetry(new RetryStrategyOptions<T>
        {
            MaxRetryAttempts = count,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = random.NextDouble,
            ShouldHandle = arguments => ValueTask.FromResult(shouldRetry(arguments.Outcome)),
            DelayGenerator = arguments => ValueTask.FromResult(
                getRetryAfter(arguments.Outcome) is TimeSpan requested ? (requested < MaxDelay ? requested : MaxDelay) : (TimeSpan?)null),
            OnRetry = arguments =>
            {
                string why = arguments.Outcome.Exception?.Message ?? $"HTTP {(int?)(arguments.Outcome.Result as ApiResponse)?.Status}";
                AtlasCloudLog.Verbose($"Retrying in {DurationText.InSeconds(arguments.RetryDelay)} ({arguments.AttemptNumber + 1} of {count}): {why}");
                return default;
            },
        }).Build();
    }

    private static bool IsTransient(Outcome<ApiResponse> outcome) =>
        (outcome.Exception is AtlasCloudException { Kind: AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut } && !IsRefusedByProxy(outcome.Exception))
        || (outcome.Result is ApiResponse response
            && ((int)response.Status == 429 || ((int)response.Status >= 500 && !ResponseEnvelope.CarriesState(response))));

    private static bool IsNotSent(Exception? exception) => exception is AtlasCloudException { IsNotSent: true } && !IsRefusedByProxy(exception);

    // The same request without other credentials is refused again.
    private static bool IsRefusedByProxy(Exception? exception) => exception is AtlasCloudException { Reason: AtlasCloudErrorReason.ProxyAuthenticationRequired };

    private static TimeSpan? GetRetryAfter(Outcome<ApiResponse> outcome) => outcome.Result?.RetryAfter;
}
