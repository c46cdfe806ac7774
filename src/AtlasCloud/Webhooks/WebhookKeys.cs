using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Webhooks;

/// <summary>
/// The public keys that the service signs with. They are read from the service's own address and kept. Who sends deliveries with
/// made-up key ids makes this ask again at most once a minute.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class WebhookKeys(HttpPipeline http, TimeProvider clock)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(1);

    // The service allows a day. That is used only while it cannot be asked.
    private static readonly TimeSpan s_usable = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyDictionary<string, byte[]> _keys = new Dictionary<string, byte[]>();
    private DateTimeOffset _read = DateTimeOffset.MinValue;
    private DateTimeOffset _nextRead = DateTimeOffset.MinValue;
    private AtlasCloudException? _failure;

    /// <summary>The key of this id; null where the service has none.</summary>
    /// <exception cref="AtlasCloudException">The keys could not be read.</exception>
    internal async Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            bool isKnown = _keys.TryGetValue(id, out byte[]? key);
            if (isKnown && IsWithin(now - _read, s_fresh))
            {
                return key;
            }

            // A pause that is longer than a pause can be comes from a clock that was set back.
            if (now >= _nextRead || _nextRead - now > s_pause)
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
                isKnown = _keys.TryGetValue(id, out key);
            }

            return _failure is null || (isKnown && IsWithin(now - _read, s_usable)) ? key : throw Again(_failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    // By the clock on the wall, since a key grows old while the machine sleeps too.
    private static bool IsWithin(TimeSpan age, TimeSpan limit) => age >= TimeSpan.Zero && age < limit;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Media("webhooks/jwks.json"), "the keys of webhooks") { NeedsKey = false, IsAnonymous = true };
        try
        {
            ApiResponse reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            _keys = Parse(ResponseErrors.JsonOf(reply, call.Description, http.Key));
            _read = clock.GetUtcNow();
            _nextRead = _read + s_pause;
            _failure = null;
        }
        catch (AtlasCloudException exception)
        {
            _nextRead = clock.GetUtcNow() + s_pauseAfterFailure;
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
            : throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "The answer to the keys of webhooks holds no Ed25519 key.");
    }

    // An exception belongs to whoever catches it: the kept one is told anew to each.
    private static AtlasCloudException Again(AtlasCloudException failure) => new(failure.Kind, failure.Message, failure)
    {
        Status = failure.Status,
        RequestId = failure.RequestId,
        ServerMessage = failure.ServerMessage,
        RecommendedAction = "Nothing is known about the delivery yet: check it again when the service can be reached.",
        RetryAfter = failure.RetryAfter,
    };
}
