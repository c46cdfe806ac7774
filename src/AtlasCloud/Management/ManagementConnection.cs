using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud.Management;

/// <summary>Sends requests with the management key. What creates or ends something by POST is sent once; the rest may be retried.</summary>
internal sealed class ManagementConnection
{
    private readonly HttpPipeline? _http;

    internal ManagementConnection(HttpPipeline? http) => _http = http;

    internal Task<JsonElement> GetAsync(string path, ManagementSubject subject, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, subject, cancellationToken);

    internal Task<JsonElement> PutAsync(string path, JsonObject body, ManagementSubject subject, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, body, subject, cancellationToken);

    internal async Task DeleteAsync(string path, ManagementSubject subject, CancellationToken cancellationToken)
    {
        HttpPipeline http = Require(_http, subject.Description);
        ApiCall call = new(HttpMethod.Delete, http.Billing(path), subject.Description);
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (ManagementErrors.Find(response, subject, http.Key) is AtlasCloudException failure)
        {
            throw failure;
        }
    }

    /// <summary>Sends a POST once. A lost response is an error whose outcome is unknown.</summary>
    /// <param name="path">The path below public/v1.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="subject">What the request is about.</param>
    /// <param name="read">Reads the response; returns null if it lacks what matters, which is an unknown outcome too.</param>
    /// <param name="consequence">What an unknown outcome means.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    internal async Task<T> PostOnceAsync<T>(
        string path, JsonObject? body, ManagementSubject subject, Func<JsonElement, T?> read, string consequence, CancellationToken cancellationToken)
        where T : class
    {
        HttpPipeline http = Require(_http, subject.Description);
        byte[]? json = body is null ? null : JsonBody.Serialize(body);
        ApiCall call = new(HttpMethod.Post, http.Billing(path), subject.Description)
        {
            Content = json is null ? null : () => JsonBody.Create(json),
            RetryPolicy = RetryPolicy.Never,
            HasSecretResponse = true,
        };
        try
        {
            ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            if (ManagementErrors.Find(response, subject, http.Key) is AtlasCloudException failure)
            {
                throw failure;
            }

            // The text of the response is not quoted: it can contain a secret.
            return (response.Json is JsonElement root ? read(ResponseEnvelope.Unwrap(root)) : null)
                ?? throw ManagementErrors.Unreadable(subject.Description, response.RequestId);
        }
        catch (AtlasCloudException exception) when (ManagementErrors.IsOutcomeUnknown(exception))
        {
            throw ManagementErrors.OutcomeUnknown(subject, exception, consequence);
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, ManagementSubject subject, CancellationToken cancellationToken)
    {
        HttpPipeline http = Require(_http, subject.Description);
        byte[]? json = body is null ? null : JsonBody.Serialize(body);
        ApiCall call = new(method, http.Billing(path), subject.Description) { Content = json is null ? null : () => JsonBody.Create(json) };
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return ManagementErrors.Find(response, subject, http.Key) is AtlasCloudException failure
            ? throw failure
            : ResponseErrors.JsonOf(response, subject.Description, http.Key);
    }

    /// <summary>Returns the connection with the management key.</summary>
    /// <param name="connection">The connection; null without a key.</param>
    /// <param name="description">What is to be requested.</param>
    /// <exception cref="AtlasCloudException">NoSession: there is no management key. Authentication: it is another kind of key, which is not sent.</exception>
    internal static HttpPipeline Require(HttpPipeline? connection, string description)
    {
        if (connection is not HttpPipeline http)
        {
            throw ManagementErrors.NoKey(description);
        }

        return http.Key?.StartsWith(AtlasCloudOptions.ManagementKeyPrefix, StringComparison.OrdinalIgnoreCase) == true ? http : throw KeyErrors.NotAManagementKey();
    }
}
