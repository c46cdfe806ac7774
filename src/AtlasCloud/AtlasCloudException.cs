using System.Net;

namespace AtlasCloud;

/// <summary>The one exception of the core. Its message says what was asked, what came back and what to do next, and never holds the key.</summary>
public sealed class AtlasCloudException : Exception
{
    /// <summary>Makes an exception of a kind.</summary>
    public AtlasCloudException(AtlasCloudErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public AtlasCloudErrorKind Kind { get; }

    /// <summary>The HTTP status of the answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The request id that the service gave, for its support; null where there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The service's own words, masked and shortened; null where there were none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>What the user can do about it, in one sentence; null where the kind's usual advice fits.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>What the error is about (a prediction, an output, a path); null where it is the request as a whole.</summary>
    public object? Target { get; init; }

    /// <summary>How long the service asks to wait before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
