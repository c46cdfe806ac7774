namespace AtlasCloud.Tests.Drift;

/// <summary>A request that reads something and costs nothing.</summary>
/// <param name="Name">The name in the list of differences.</param>
/// <param name="Path">The path and query.</param>
/// <param name="SendsKey">Whether the API key is sent.</param>
internal sealed record SurveyCall(string Name, string Path, bool SendsKey)
{
    private const string UnknownTask = "/api/v1/model/prediction/00000000000000000000000000000000";

    /// <summary>Whether the response is an error. Members of an error do not depend on the account.</summary>
    internal bool IsError { get; private init; }

    /// <summary>The catalog, whose values are compared too.</summary>
    internal static SurveyCall Catalog { get; } = new("catalog", "/api/v1/models", SendsKey: false);

    /// <summary>All requests, except those for schemas.</summary>
    internal static IReadOnlyList<SurveyCall> All { get; } =
    [
        Catalog,
        new("language models", "/v1/models", SendsKey: true),
        new("webhook keys", "/api/v1/webhooks/jwks.json", SendsKey: false),
        new("history", "/api/v1/model/history?no=1&size=1", SendsKey: true),
        new("balance", "/public/v1/balance", SendsKey: true),
        new("unknown prediction", UnknownTask, SendsKey: true) { IsError = true },
        new("prediction without a key", UnknownTask, SendsKey: false) { IsError = true },
        new("unknown path without a key", "/api/v1/no-such-path", SendsKey: false) { IsError = true },
        new("balance without a key", "/public/v1/balance", SendsKey: false) { IsError = true },
        new("usage of an empty period", "/public/v1/model-usage?start_date=2026-01-02&end_date=2026-01-02", SendsKey: true) { IsError = true },
    ];
}
