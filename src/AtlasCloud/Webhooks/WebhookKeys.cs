using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Webhooks;

/// <summary>
/// The public keys of the service, cached in memory. Deliveries with invented key IDs cause at most one request per minute. A key without an ID can have
/// signed any delivery.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class WebhookKeys(HttpPipeline http, TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(1);

    // The service allows a day, which is used only while it is unavailable.
    private static readonly TimeSpan s_usableFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_minReadInterval = TimeSpan.FromMinutes(1);

    // Each key without an ID is one more verification of each delivery.
    private const int MaxKeys = 32;

    private static readonly TimeSpan s_retryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _lock = new(1, 1);
    private IReadOnlyList<(string? Id, byte[] Key)> _keys = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _nextReadAt = DateTimeOffset.MinValue;
    private AtlasCloudException? _failure;

    /// <summary>Returns the keys that can have signed a delivery: that of the ID, and those without an ID; empty if there is none.</summary>
    /// <exception cref="AtlasCloudException">The keys could not be read.</exception>
    internal async Task<IReadOnlyList<byte[]>> FindAsync(string id, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            IReadOnlyList<byte[]> keys = Find(id);
            if (keys.Count > 0 && IsWithin(now - _readAt, s_freshFor))
            {
                return keys;
            }

            // A longer interval than the minimum means that the clock was set back.
            if (now >= _nextReadAt || _nextReadAt - now > s_minReadInterval)
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
                keys = Find(id);
            }

            return _failure is null || (keys.Count > 0 && IsWithin(now - _readAt, s_usableFor)) ? keys : throw WebhookErrors.KeysUnavailable(_failure);
        }
        finally
        {
            _lock.Release();
        }
    }

    private byte[][] Find(string id) => [.. _keys.Where(k => k.Id == id).Concat(_keys.Where(k => k.Id is null)).Select(k => k.Key)];

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

    private static List<(string? Id, byte[] Key)> Parse(JsonElement root)
    {
        List<(string? Id, byte[] Key)> keys = [];
        foreach (JsonElement key in root.Member("keys").Items())
        {
            if (key.Text("kty") == "OKP" && key.Text("crv") == "Ed25519" && (key.Text("use") ?? "sig") == "sig"
                && Base64Url.Decode(key.Text("x") ?? "", Ed25519.KeyLength) is byte[] bytes && keys.Count < MaxKeys
                && (key.Text("kid") is not string id || keys.All(k => k.Id != id)))
            {
                keys.Add((key.Text("kid"), bytes));
            }
        }

        return keys.Count > 0
            ? keys
            : throw WebhookErrors.NoKeys();
    }
}
