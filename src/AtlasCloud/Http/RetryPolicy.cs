namespace AtlasCloud.Http;

/// <summary>When a request may be retried. <see cref="RetryRules"/> applies it.</summary>
internal enum RetryPolicy
{
    /// <summary>On connection failures, timeouts, 429 and 5xx: the request is free and has no side effects.</summary>
    Idempotent,

    /// <summary>The same, unless the service is unreachable: for data that a caller waits for but does not need.</summary>
    IdempotentIfReachable,

    /// <summary>Only if the request provably did not reach the service or was rejected with 429: it costs money.</summary>
    OnlyIfNotAccepted,

    /// <summary>Never: the caller has its own retries.</summary>
    Never,
}
