using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Webhooks;

/// <summary>
/// The public keys of the service, cached in memory. Deliveries with invented key IDs cause at most one request per minute.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class WebhookKeys(HttpPipeline http, TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(1);

    // The service allows a day, which is used only while it is unavailable.
    private static readonly TimeSpan s_usableFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_minReadInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_retryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _lock = new(1, 1);
    private IReadOnlyDictionary<string, byte[]> _keys = new Dictionary<string, byte[]>();
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _nextReadAt = DateTimeOffset.MinValue;
    private AtlasCloudException? _failure;

    /// <summary>Returns the key of an ID; null if the service has none.</summary>
    /// <exception cref="AtlasCloudException">The keys could not be read.</exception>
    internal async Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            bool isKnown = _keys.TryGetValue(id, out byte[]? key);
            if (isKnown && IsWithin(now - _readAt, s_freshFor))
            {
                return key;
            }

            // A longer interval than the minimum means that the clock was set back.
            if (now >= _nextReadAt || _nextReadAt - now > s_minReadInterval)
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
                isKnown = _keys.TryGetValue(id, out key);
            }

            return _failure is null || (isKnown && IsWithin(now - _readAt, s_usableFor)) ? key : throw WebhookErrors.KeysUnavailable(_failure);
        }
        finally
        {
            _lock.Release();
        }
    }

    // By wall-clock time, since keys also age while the machine sleeps.
    private static bool IsWithin(TimeSpan age, TimeSpan limit) => age >= TimeSpan.Zero && age < limit;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Media("webhooks/jwks.json"), "the webhook keys") { NeedsKey = false, IsAnonymous = true };
        try
        {
            ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            _keys = Parse(ResponseErrors.JsonOf(response, call.Description, http.Key));
            _readAt = clock.GetUtcNow();
            _nextReadAt = _readAt + s_minReadInterval;
            _failure = null;
        }
        catch (AtlasCloudException exception)
        {
            _nextReadAt = clock.GetUtcNow() + s_retryAfterFailure;
            _failure = exception;
        }
    }

    private static Dictionary<string, byte[]> Parse(JsonElement root)
    {
        Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);
        foreach (JsonElement key in root.Member("keys").Items())
        {
            if (key.Text("kty") == "OKP" && key.Text("crv") == "Ed25519" && (key.Text("use") ?? "sig") == "sig"
                && key.Text("kid") is string id && Base64Url.Decode(key.Text("x") ?? "", Ed25519.KeyLength) is byte[] bytes)
            {
                keys.TryAdd(id, bytes);
            }
        }

        return keys.Count > 0
            ? keys
            : throw WebhookErrors.NoKeys();
    }
}
