using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Models;

/// <summary>The cached schema documents of all models.</summary>
/// <param name="baseUri">The address of the service.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="cache">The cache on disk.</param>
/// <param name="background">Refreshes in the background.</param>
/// <param name="clock">The clock to measure ages with.</param>
internal sealed class SchemaCache(Uri baseUri, HttpPipeline http, CacheFolder cache, BackgroundRefresh background, TimeProvider clock)
{
    private const int MaxSchemaBytes = 2 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, CachedDocument<ModelSchema>> _schemas = new(StringComparer.Ordinal);

    /// <summary>Returns the cached document of a model.</summary>
    internal CachedDocument<ModelSchema> GetDocument(Model model)
    {
        Uri address = IsAllowed(model.SchemaUri)
            ? model.SchemaUri!
            : new Uri($"https://static.atlascloud.ai/model/schema/{Uri.EscapeDataString(model.Id.Replace('/', '-'))}.json");
        return _schemas.GetOrAdd($"{model.Id} {address}", _ =>
        {
            ApiCall call = new(HttpMethod.Get, address, $"the inputs of {model.Id}") { NeedsKey = false, RetryPolicy = RetryPolicy.IdempotentIfReachable };
            string file = Path.Join("schemas", CacheFolder.GetFileName(model.Id));
            return new(call, file, response => FindSchema(response, call), d => SchemaReader.Read(d.Clone(), model.Id), http, cache, background, clock);
        });
    }

    // The catalog must not make the client call hosts in a private network; loopback only if the service itself is on loopback.
    private bool IsAllowed(Uri? address) => address is not null && (http.IsOurs(address)
        || (address.Scheme == "https" && !Origin.IsLoopback(address) && !(IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && PrivateAddress.IsPrivate(ip)))
        || (Origin.IsLoopback(address) && Origin.IsLoopback(baseUri)));

    // Static file stores answer 403 for files that do not exist.
    private JsonElement? FindSchema(ApiResponse response, ApiCall call)
    {
        if (response.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden)
        {
            return null;
        }

        JsonElement document = ResponseErrors.JsonOf(response, call.Description, http.Key);
        return response.Length <= MaxSchemaBytes ? document : null;
    }
}
