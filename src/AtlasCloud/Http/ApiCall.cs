namespace AtlasCloud.Http;

/// <summary>When a request may be sent again.</summary>
internal enum RetryPolicy
{
    /// <summary>It is free and changes nothing that matters: on connection faults, time-outs, 429 and 5xx.</summary>
    Idempotent,

    /// <summary>The same, but not where the service cannot be reached at all: for what somebody waits for and can do without.</summary>
    IdempotentIfReachable,

    /// <summary>It costs money: only when it provably did not reach the service, or was refused with 429.</summary>
    OnlyIfNotAccepted,

    /// <summary>The caller has its own way of trying again.</summary>
    Never,
}

/// <summary>A request to be sent. A message can be sent once, so each try composes its own.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Where to.</param>
/// <param name="Description">What is asked, in words, for messages: "the balance".</param>
internal sealed record ApiCall(HttpMethod Method, Uri Address, string Description)
{
    /// <summary>Makes the body; null for none.</summary>
    internal Func<HttpContent>? Content { get; init; }

    internal bool NeedsKey { get; init; } = true;

    /// <summary>Sent without the key even to an origin that may have it: for what is the same for everybody.</summary>
    internal bool IsAnonymous { get; init; }

    internal RetryPolicy RetryPolicy { get; init; } = RetryPolicy.Idempotent;

    internal string Accept { get; init; } = "application/json";

    /// <summary>Time until the answer begins, and for reading it; null for the client's own.</summary>
    internal TimeSpan? Timeout { get; init; }

    /// <summary>The most bytes of an answer, unpacked. A hostile one shall not fill the memory.</summary>
    internal int MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Ends a try that has begun, where that is later than the wish to begin no more of them; null where both are one.</summary>
    internal CancellationToken? InFlightToken { get; init; }

    /// <summary>For a body that can be large: grows as it is sent, and the time limit starts again with each piece.</summary>
    internal TransferProgress? Sending { get; init; }
}
