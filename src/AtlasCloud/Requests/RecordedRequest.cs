using System.Text.Json.Nodes;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>
/// Creates the form of a request that is kept in files: without credentials, without the webhook address, and without paths. Uploads are described by
/// name and digest. <see cref="RequestReader"/> reads it.
/// </summary>
internal static class RecordedRequest
{
    internal const string RequestName = "request";
    internal const string UploadsName = "uploads";
    internal const string WebhookName = "had_webhook";

    private const string WebhookInput = "webhook_url";

    // The names of query parameters with credentials, in lower case. X-Amz- and X-Goog- are those of signed addresses.
    private static readonly HashSet<string> s_secretNames =
    [
        "sig", "signature", "token", "access_token", "auth", "authorization", "api_key", "apikey", "key", "code", "password", "secret", "policy",
    ];

    /// <summary>Adds the members of a request to an object.</summary>
    /// <param name="target">The object.</param>
    /// <param name="body">The body that was sent.</param>
    /// <param name="uploads">The files that were uploaded for it.</param>
    /// <param name="key">The API key, which is masked; null without one.</param>
    internal static void AddTo(JsonObject target, JsonObject body, IReadOnlyList<RequestUpload> uploads, string? key)
    {
        List<RequestUpload> described = [.. uploads];
        JsonObject request = [];
        foreach ((string name, JsonNode? value) in body.Where(m => m.Key != WebhookInput))
        {
            request[name] = Clean(value, described, key);
        }

        target[RequestName] = request;
        JsonNode[] descriptions = [.. described.Select(u => Describe(u, key)).DistinctBy(u => (string)u["url"]!)];
        if (descriptions.Length > 0)
        {
            target[UploadsName] = new JsonArray(descriptions);
        }

        if (body.ContainsKey(WebhookInput))
        {
            target[WebhookName] = true;
        }
    }

    private static JsonNode? Clean(JsonNode? value, List<RequestUpload> described, string? key) => value switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Clean(m.Value, described, key)))),
        JsonArray items => new JsonArray([.. items.Select(i => Clean(i, described, key))]),
        JsonValue text when text.TryGetValue(out string? given) => CleanText(given, described, key),
        _ => value?.DeepClone(),
    };

    private static JsonValue CleanText(string text, List<RequestUpload> described, string? key)
    {
        string clean = CleanText(text, key);
        if (clean != text && clean.Contains("://", StringComparison.Ordinal) && IsAddress(clean) && !described.Any(u => u.Address == text))
        {
            described.Add(new RequestUpload { Address = clean });
        }

        return JsonValue.Create(clean);
    }

    private static string CleanText(string text, string? key) => SafeText.MaskKeys(RemoveCredentials(text), key);

    private static bool IsAddress(string text) => text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out _);

    private static string RemoveCredentials(string text)
    {
        if (!IsAddress(text) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return text;
        }

        bool isSigned = uri.Query.TrimStart('?').Split('&').Select(p => Uri.UnescapeDataString(p.Split('=')[0]).ToLowerInvariant())
            .Any(n => s_secretNames.Contains(n) || n.StartsWith("x-amz-", StringComparison.Ordinal) || n.StartsWith("x-goog-", StringComparison.Ordinal));
        return isSigned || uri.UserInfo.Length > 0 ? new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "" }.Uri.AbsoluteUri : text;
    }

    // A backslash and control characters are part of a name on some systems, and are not accepted from a file on any.
    private static string ToFileName(string name) => string.Concat(name.Select(c => c is '/' or '\\' || char.IsControl(c) ? '_' : c));

    private static JsonObject Describe(RequestUpload upload, string? key)
    {
        JsonObject description = new() { ["url"] = CleanText(upload.Address, key) };
        if (upload is { Name: string name, Sha256: string digest })
        {
            description["name"] = ToFileName(name);
            description["sha256"] = digest;
            description["length"] = upload.Length;
        }

        return description;
    }
}
