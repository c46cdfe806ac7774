namespace AtlasCloud;

/// <summary>A request that the emulator received.</summary>
public sealed record LedgerEntry
{
    /// <summary>The number in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path and query. A key in it is masked.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the request contained an accepted key.</summary>
    public bool Authorized { get; init; }

    /// <summary>The account of the key in the request: 1 for the key of the emulator, then the keys of the scenario in their order; null for none.</summary>
    public int? Account { get; init; }

    /// <summary>The public ID of the key, if the management API created it; otherwise null.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>Whether the request contained the management key.</summary>
    public bool IsManagement { get; init; }

    /// <summary>Whether the request had an Authorization header, valid or not.</summary>
    public bool AuthorizationPresent { get; init; }

    /// <summary>The User-Agent header; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Whether the request had a Referer header.</summary>
    public bool HasReferer { get; init; }

    /// <summary>The Range header; null for none.</summary>
    public string? Range { get; init; }

    /// <summary>The Content-Type header; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The number of body bytes that were read.</summary>
    public long BodyLength { get; init; }

    /// <summary>The body of JSON requests up to 64 KB, with the key masked; otherwise null.</summary>
    public string? Body { get; init; }

    /// <summary>The size of the uploaded file in bytes; null for other requests.</summary>
    public long? FileLength { get; init; }

    /// <summary>The SHA-256 of the uploaded file in hexadecimal; null for other requests.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>The HTTP status of the response; 0 if none was sent.</summary>
    public int Status { get; init; }

    /// <summary>Whether the response was sent completely. False if the client disconnected or a fault cut it.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The X-Request-ID of the response.</summary>
    public string? RequestId { get; init; }

    /// <summary>The prediction that the request created or read; null for none.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The number, from 1, of the scenario rule that decided the response; null for none.</summary>
    public int? ScenarioRule { get; init; }

    /// <summary>The injected fault: its name in the scenario, or the name of the sample; null for none.</summary>
    public string? Fault { get; init; }
}
