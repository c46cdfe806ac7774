using System.Net.Http.Headers;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Tests.Drift;

/// <summary>Reads what a client sees of a service: catalog, schemas, errors and headers. Sends GET requests only, one after the other.</summary>
/// <param name="http">Sends the requests. Its timeout limits each of them.</param>
/// <param name="baseUri">The origin of the service.</param>
/// <param name="key">The API key. It is sent to this origin only.</param>
internal sealed class ServiceSurvey(HttpClient http, Uri baseUri, string key)
{
    private const int MaxBytes = 32 * 1024 * 1024;
    private const string StaticHost = "static.atlascloud.ai";

    private static readonly string[] s_headers = ["X-Request-ID", "Retry-After", "WWW-Authenticate"];

    private readonly Dictionary<string, SurveyReply> _replies = new(StringComparer.Ordinal);

    /// <summary>The responses by the name of their call.</summary>
    internal IReadOnlyDictionary<string, SurveyReply> Replies => _replies;

    /// <summary>The entries of the catalog by model ID.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Models { get; private set; } = new Dictionary<string, JsonElement>();

    /// <summary>Sends all requests except those for schemas.</summary>
    internal async Task ReadAsync()
    {
        foreach (SurveyCall call in SurveyCall.All)
        {
            _replies[call.Name] = await ReadAsync(new Uri(baseUri, call.Path), call.SendsKey);
        }

        Models = (_replies[SurveyCall.Catalog.Name].Document?.FirstMember("data", "models")).Items()
            .Where(m => m.Text("model") is not null).DistinctBy(m => m.Text("model")).ToDictionary(m => m.Text("model")!, StringComparer.Ordinal);
    }

    /// <summary>Reads the schema of a model; null if it publishes none, or if its address is on another host.</summary>
    internal async Task<JsonElement?> ReadSchemaAsync(string model)
    {
        Uri address = Uri.TryCreate(Models[model].Text("schema"), UriKind.Absolute, out Uri? named) ? named : new Uri(baseUri, "/model/schema/" + model.Replace('/', '-') + ".json");
        bool isOurs = (address.Scheme == Uri.UriSchemeHttps && address.Host == StaticHost) || (address.Host == baseUri.Host && address.Port == baseUri.Port);
        return isOurs && (await ReadAsync(address, sendsKey: false)) is { Status: 200 } reply ? reply.Document : null;
    }

    private async Task<SurveyReply> ReadAsync(Uri address, bool sendsKey)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AtlasCloud.Tests", "1.0"));
        if (sendsKey)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            HashSet<string> headers = [.. s_headers.Where(response.Headers.Contains).Select(h => h.ToLowerInvariant())];
            headers.UnionWith(response.Headers.Select(h => h.Key.ToLowerInvariant()).Where(h => h.Contains("ratelimit", StringComparison.Ordinal)));
            return new SurveyReply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers, body.Length <= MaxBytes ? Parse(body) : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return SurveyReply.None;
        }
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
