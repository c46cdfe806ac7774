using Polly;

namespace AtlasCloud.Http;

/// <summary>The retries of the requests of one client.</summary>
/// <remarks>Each is created with the first request that needs it: loading Polly and creating a pipeline takes longer than a completion that sends no request.</remarks>
/// <param name="count">The maximum number of retries.</param>
/// <param name="clock">The clock that the waits use.</param>
/// <param name="random">The source of jitter. Must be thread-safe.</param>
internal sealed class RetryPipelines(int count, TimeProvider clock, Random random)
{
    // Two threads may create the same one at once, which does no harm: it has no state.
    private ResiliencePipeline<ApiResponse>? _safe;
    private ResiliencePipeline<ApiResponse>? _reached;
    private ResiliencePipeline<ApiResponse>? _billable;

    /// <summary>Returns the retries of a policy.</summary>
    internal ResiliencePipeline<ApiResponse> For(RetryPolicy policy) => policy switch
    {
        RetryPolicy.Idempotent => _safe ??= Create(policy),
        RetryPolicy.IdempotentIfReachable => _reached ??= Create(policy),
        RetryPolicy.OnlyIfNotAccepted => _billable ??= Create(policy),
        _ => ResiliencePipeline<ApiResponse>.Empty,
    };

    private ResiliencePipeline<ApiResponse> Create(RetryPolicy policy) => RetryRules.For(policy, count, clock, random);
}
