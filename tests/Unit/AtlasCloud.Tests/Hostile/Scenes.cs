namespace AtlasCloud.Tests.Hostile;

/// <summary>The scenes of each recorded file, and the documented errors of each scene.</summary>
internal static class Scenes
{
    private static readonly AtlasCloudErrorKind[] s_refusals =
    [
        AtlasCloudErrorKind.Authentication, AtlasCloudErrorKind.PermissionDenied, AtlasCloudErrorKind.InsufficientBalance, AtlasCloudErrorKind.InvalidParameter,
        AtlasCloudErrorKind.ModelNotFound, AtlasCloudErrorKind.PredictionNotFound, AtlasCloudErrorKind.ContentBlocked, AtlasCloudErrorKind.RateLimited,
        AtlasCloudErrorKind.PayloadTooLarge, AtlasCloudErrorKind.RegionBlocked, AtlasCloudErrorKind.ServiceUnavailable, AtlasCloudErrorKind.RequestTimedOut,
        AtlasCloudErrorKind.ConnectionFailed, AtlasCloudErrorKind.UnexpectedReply, AtlasCloudErrorKind.Conflict,
    ];

    private static readonly Dictionary<string, (Func<HostileService, Task<object?>> Play, AtlasCloudErrorKind[] MayEnd)> s_all = new(StringComparer.Ordinal)
    {
        ["catalog"] = (s => s.CatalogAsync(), [AtlasCloudErrorKind.ModelAmbiguous]),
        ["schema"] = (s => s.SchemaAsync(), [AtlasCloudErrorKind.SubmitOutcomeUnknown]),
        ["submit"] = (s => s.SubmitAsync(), [AtlasCloudErrorKind.SubmitOutcomeUnknown, AtlasCloudErrorKind.PredictionFailed]),
        ["poll"] = (s => s.PollAsync(), []),
        ["wait"] = (s => s.WaitAsync(), [AtlasCloudErrorKind.PredictionFailed, AtlasCloudErrorKind.PredictionTimedOut]),
        ["history"] = (s => s.HistoryAsync(), []),
        ["history of"] = (s => s.HistoryAsync(), []),
        ["quote"] = (s => s.QuoteAsync(), []),
        ["upload"] = (s => s.UploadAsync(), [AtlasCloudErrorKind.UploadFailed]),
        ["assets"] = (s => s.AssetsAsync(), []),
        ["asset"] = (s => s.AssetAsync(), [AtlasCloudErrorKind.AssetNotFound, AtlasCloudErrorKind.UploadFailed]),
        ["balance"] = (s => s.BalanceAsync(), []),
        ["usage"] = (s => s.UsageAsync(), []),
        ["costs"] = (s => s.CostsAsync(), []),
        ["management"] = (s => s.ManagementAsync(), [AtlasCloudErrorKind.ResourceNotFound]),
        ["creation"] = (s => s.CreationAsync(), [AtlasCloudErrorKind.ResourceNotFound, AtlasCloudErrorKind.SubmitOutcomeUnknown]),
        ["chat"] = (s => s.ChatAsync(stream: false), []),
        ["stream"] = (s => s.ChatAsync(stream: true), [AtlasCloudErrorKind.StreamInterrupted]),
        ["webhook"] = (s => s.WebhookAsync(), [AtlasCloudErrorKind.WebhookRejected]),
        ["webhook that is signed"] = (s => s.SignedWebhookAsync(), [AtlasCloudErrorKind.WebhookRejected]),
        ["download"] = (s => s.DownloadAsync(), [AtlasCloudErrorKind.DownloadIncomplete]),
    };

    /// <summary>Returns the scenes in which such a file is the response.</summary>
    internal static IReadOnlyList<string> For(string fixture) => fixture.Split('/')[0] switch
    {
        "models.json" or "params-by-model.json" or "cli" => ["catalog"],
        "schemas" => ["schema"],
        "submit" => ["submit"],
        "prediction" => ["poll", "wait", "submit"],
        "webhook" when fixture.EndsWith(".body.json", StringComparison.Ordinal) => ["poll", "webhook", "webhook that is signed"],
        "webhook" => ["poll", "webhook"],
        "history" => ["history"],
        "requests" when fixture.StartsWith("requests/asset-", StringComparison.Ordinal) => ["asset"],
        "requests" => ["history of"],
        "calculate" => ["quote"],
        "upload" => ["upload"],
        "asset" => ["assets", "asset", "upload"],
        "management" => ["management", "creation"],
        "billing" => ["balance", "usage", "costs"],
        "llm" when fixture.Contains("v1-models", StringComparison.Ordinal) => ["catalog", "chat"],
        "llm" => ["chat", "stream"],
        "sse" => ["stream"],
        "errors" => ["catalog", "submit", "poll", "wait", "history", "quote", "upload", "assets", "asset", "balance", "usage", "costs", "management", "creation", "chat", "stream", "download"],
        _ => ["download"],
    };

    internal static Task<object?> PlayAsync(HostileService service, string scene) => s_all[scene].Play(service);

    internal static bool MayEnd(string scene, AtlasCloudErrorKind kind) => s_refusals.Contains(kind) || s_all[scene].MayEnd.Contains(kind);
}
