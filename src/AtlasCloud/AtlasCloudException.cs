using System.Net;

namespace AtlasCloud;

/// <summary>
/// Every failure that the library reports. <see cref="Kind"/> and <see cref="Reason"/> are stable and meant to be branched on; the message is one
/// or two neutral sentences that never contain the API key.
/// </summary>
/// <remarks>The library also throws <see cref="OperationCanceledException"/> for a canceled token, and <see cref="ArgumentException"/> for invalid options.</remarks>
public sealed class AtlasCloudException : Exception
{
    /// <summary>Creates an exception of a kind.</summary>
    /// <param name="kind">The class of failure.</param>
    /// <param name="message">What was wrong, what was expected, and what happened to the money. Sanitized, without advice.</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public AtlasCloudException(AtlasCloudErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>The class of failure.</summary>
    public AtlasCloudErrorKind Kind { get; }

    /// <summary>The specific cause within <see cref="Kind"/>; <see cref="AtlasCloudErrorReason.None"/> if the kind says it all.</summary>
    public AtlasCloudErrorReason Reason { get; init; }

    /// <summary>The HTTP status of the response; null if there was no response.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The service's request ID, to quote to its support; null if the response had none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The service's own message, redacted and truncated to 500 characters; null if it sent none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>What the user can do, in the words of the application. The library never sets it: it reports <see cref="Reason"/> and facts.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The object the failure is about, such as a <see cref="Prediction"/>, an <see cref="Output"/> or a path; null for the request as a whole.</summary>
    public object? Target { get; init; }

    /// <summary>How long the service asks to wait before the next attempt; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The name of the input or option that was wrong; null if the failure is not about one.</summary>
    public string? Input { get; init; }

    /// <summary>The rejected value, sanitized and truncated; null if the failure is not about one.</summary>
    public string? Value { get; init; }

    /// <summary>The values, names or places that would be accepted; empty if they cannot be listed.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The ID of the model involved; null if there is none.</summary>
    public string? Model { get; init; }

    /// <summary>The ID of the prediction involved; null if there is none.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The amount of money involved, in US dollars; null if there is none or it is unknown.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The limit that was exceeded, in the unit of the input; null if the failure is not about a limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>True if the request provably never reached the service: no name resolution, no connection, no TLS session, no proxy tunnel.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>Whether the same attempt may succeed later. Null if unknown; set for downloads.</summary>
    internal bool? IsTransient { get; init; }

    /// <summary>Returns a copy with another message, kind, reason, target or other facts. The copy keeps the remaining facts and has this exception as its cause.</summary>
    internal AtlasCloudException With(
        AtlasCloudErrorKind? kind = null,
        string? message = null,
        AtlasCloudErrorReason? reason = null,
        object? target = null,
        string? predictionId = null,
        string? input = null,
        string? value = null,
        IReadOnlyList<string>? allowed = null,
        string? model = null) =>
        new(kind ?? Kind, message ?? Message, this)
        {
            Reason = reason ?? Reason,
            Status = Status,
            RequestId = RequestId,
            ServerMessage = ServerMessage,
            Target = target ?? Target,
            RecommendedAction = RecommendedAction,
            RetryAfter = RetryAfter,
            Input = input ?? Input,
            Value = value ?? Value,
            Allowed = allowed ?? Allowed,
            Model = model ?? Model,
            PredictionId = predictionId ?? PredictionId,
            Amount = Amount,
            Limit = Limit,
            IsNotSent = IsNotSent,
            IsTransient = IsTransient,
        };
}
