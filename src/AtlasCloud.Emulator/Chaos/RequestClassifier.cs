namespace AtlasCloud.Emulation.Chaos;

/// <summary>Classifies requests by method and path.</summary>
internal static class RequestClassifier
{
    private static readonly (string Method, string Path, RequestKind Kind)[] s_endpoints =
    [
        ("POST", "/api/v1/model/generate", RequestKind.Submit),
        ("GET", "/api/v1/model/prediction/", RequestKind.Poll),
        ("GET", "/api/v1/model/result/", RequestKind.Poll),
        ("GET", "/api/v1/model/getResult", RequestKind.Poll),
        ("GET", "/outputs/", RequestKind.Download),
        ("GET", "/media/", RequestKind.Download),
        ("POST", "/api/v1/model/uploadMedia", RequestKind.Upload),
        ("GET", "/api/v1/model/history", RequestKind.History),
        ("GET", "/api/v1/models", RequestKind.Catalog),
        ("GET", "/static/model/", RequestKind.Catalog),
        ("POST", "/api/v1/model/calculate", RequestKind.Quote),
        ("GET", "/public/v1/", RequestKind.Account),
        ("POST", "/api/v1/chat/", RequestKind.Chat),
        ("POST", "/v1/", RequestKind.Chat),
        ("POST", "/v1beta/", RequestKind.Chat),
    ];

    /// <summary>Returns null for requests that no chaos fault applies to.</summary>
    internal static RequestKind? Classify(string method, string path)
    {
        foreach ((string endpointMethod, string prefix, RequestKind kind) in s_endpoints)
        {
            if (endpointMethod == method && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }
}
