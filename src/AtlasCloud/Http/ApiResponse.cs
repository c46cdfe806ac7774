using System.Net;
using System.Text;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>A response whose body was read completely. The API key is masked in all of it, before anything is decoded, copied or truncated.</summary>
internal sealed class ApiResponse
{
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 64, AllowTrailingCommas = true };

    private readonly byte[] _content;
    private readonly string? _key;
    private readonly Lazy<JsonElement?> _json;

    internal ApiResponse(HttpStatusCode status, byte[] content, string? requestId = null, TimeSpan? retryAfter = null, string? etag = null, string? key = null, DateTimeOffset? date = null)
    {
        Status = status;
        Length = content.Length;
        _content = KeyMasker.Mask(content, key);
        RequestIdHeader = requestId;
        RetryAfter = retryAfter;
        ETag = etag is null ? null : KeyMasker.Mask(etag, key);
        _key = key;
        Date = date;
        _json = new Lazy<JsonElement?>(Parse);
    }

    internal HttpStatusCode Status { get; }

    internal bool IsSuccessStatus => (int)Status is >= 200 and < 300;

    /// <summary>The HTTP status, or for a success the failure code in the body: the service reports failures in both ways.</summary>
    internal int EffectiveStatus => !IsSuccessStatus ? (int)Status : (Json is JsonElement json ? ResponseEnvelope.FailureCode(json) : null) ?? 200;

    internal string? RequestIdHeader { get; }

    internal TimeSpan? RetryAfter { get; }

    internal string? ETag { get; }

    /// <summary>The server's time, to the second; null if it sent none.</summary>
    internal DateTimeOffset? Date { get; }

    /// <summary>The address that the response points to, as sent; null if there is none.</summary>
    internal string? Location { get; init; }

    /// <summary>The scope that the access token lacks, as the service names it; null if it names none.</summary>
    internal string? RequiredScope { get; init; }

    /// <summary>Whether the caller's own rule says that the request was not refused, whatever the status: it must not be sent again.</summary>
    internal bool IsNotRefused { get; set; }

    /// <summary>The body as JSON; null if it is empty, not JSON, or nested too deeply.</summary>
    internal JsonElement? Json => _json.Value;

    internal string Text => Encoding.UTF8.GetString(_content);

    /// <summary>The number of bytes as received.</summary>
    internal int Length { get; }

    /// <summary>The request ID for the service's support, from the header or else from the body.</summary>
    internal string? RequestId => RequestIdHeader ?? (Json?.Member("request_id")?.AsText() is string id ? SafeText.Sanitize(id, _key, 100) : null);

    private JsonElement? Parse()
    {
        try
        {
            ReadOnlySpan<byte> content = _content;
            if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                content = content[3..];
            }

            return JsonLimits.Parse(content, s_limits);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
