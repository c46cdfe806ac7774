namespace AtlasCloud.Http;

/// <summary>A request. An HTTP message can be sent once, so each attempt composes its own.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">The URL.</param>
/// <param name="Description">What is requested, for messages: "the balance".</param>
internal sealed record ApiCall(HttpMethod Method, Uri Address, string Description)
{
    /// <summary>Creates the body for one attempt; null for none.</summary>
    internal Func<HttpContent>? Content { get; init; }

    internal bool NeedsKey { get; init; } = true;

    /// <summary>Whether the request is sent without the key even to the service itself, for public data.</summary>
    internal bool IsAnonymous { get; init; }

    internal RetryPolicy RetryPolicy { get; init; } = RetryPolicy.Idempotent;

    /// <summary>Whether a response certainly refuses the request, which only then may be sent again. Default: null, the status alone decides.</summary>
    internal Func<ApiResponse, bool>? IsRefusal { get; init; }

    internal string Accept { get; init; } = "application/json";

    /// <summary>The timeout until the response starts, and again for reading it. Default: null, the client's timeout.</summary>
    internal TimeSpan? Timeout { get; init; }

    /// <summary>The maximum size of the response after decompression. Default: 16 MiB.</summary>
    internal int MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Cancels an attempt in flight. Default: null, the token that cancels the request.</summary>
    internal CancellationToken? InFlightToken { get; init; }

    /// <summary>Called after each attempt with its response, or with the exception that ended it. A retry may follow.</summary>
    internal Action<ApiResponse?, Exception?>? AttemptEnded { get; init; }

    /// <summary>Whether the response can contain a secret, so that its body is not logged.</summary>
    internal bool HasSecretResponse { get; init; }

    /// <summary>The progress of a large body. The timeout restarts with each piece that is sent.</summary>
    internal TransferProgress? Sending { get; init; }
}
