namespace AtlasCloud;

/// <summary>One request that the emulator received.</summary>
public sealed record LedgerEntry
{
    /// <summary>The place in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path with its query; a key in it is masked.</summary>
    public required string Path { get; init; }

    /// <summary>Whether an accepted key came with it.</summary>
    public bool Authorized { get; init; }

    /// <summary>Whether an Authorization header came with it, good or bad.</summary>
    public bool AuthorizationPresent { get; init; }

    /// <summary>The User-Agent header; null where there was none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Whether a Referer header came with it.</summary>
    public bool HasReferer { get; init; }

    /// <summary>The Range header; null where there was none.</summary>
    public string? Range { get; init; }

    /// <summary>The Content-Type header; null where there was none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The bytes of the body that were read.</summary>
    public long BodyLength { get; init; }

    /// <summary>The body, for JSON of up to 64 KB; null otherwise. The key is masked in it.</summary>
    public string? Body { get; init; }

    /// <summary>The size of an uploaded file; null for everything else.</summary>
    public long? FileLength { get; init; }

    /// <summary>The SHA-256 of an uploaded file in hexadecimal; null for everything else.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>The HTTP status of the answer; 0 where none was sent.</summary>
    public int Status { get; init; }

    /// <summary>Whether the answer went out to its end. It does not where the client leaves a stream, or a fault cuts it.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The X-Request-ID of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>The prediction that the request made or asked for; null where there is none.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The place, from 1, of the scenario rule that decided the answer; null where none did.</summary>
    public int? ScenarioRule { get; init; }

    /// <summary>What went wrong with it on purpose, in the word of the scenario or the name of the reply; null for nothing.</summary>
    public string? Fault { get; init; }
}
