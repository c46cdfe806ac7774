using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the task of a rule.</summary>
internal static class ScenarioTaskParser
{
    private static readonly Dictionary<string, ScenarioTaskEnd> s_ends =
        Enum.GetValues<ScenarioTaskEnd>().ToDictionary(end => end.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, ScenarioWebhookMode> s_webhookModes = new(StringComparer.Ordinal)
    {
        ["once"] = ScenarioWebhookMode.Once,
        ["twice"] = ScenarioWebhookMode.Twice,
        ["never"] = ScenarioWebhookMode.Never,
        ["wrong-signature"] = ScenarioWebhookMode.WrongSignature,
        ["stale"] = ScenarioWebhookMode.Stale,
        ["unknown-key"] = ScenarioWebhookMode.UnknownKey,
        ["bare-header"] = ScenarioWebhookMode.BareHeader,
        ["hmac-only"] = ScenarioWebhookMode.HmacOnly,
    };

    private static readonly Dictionary<string, ScenarioTaskOutputs> s_outputs = new(StringComparer.Ordinal)
    {
        ["list"] = ScenarioTaskOutputs.List,
        ["object"] = ScenarioTaskOutputs.Object,
        ["nested"] = ScenarioTaskOutputs.Nested,
        ["file"] = ScenarioTaskOutputs.File,
        ["images"] = ScenarioTaskOutputs.Images,
        ["file-url"] = ScenarioTaskOutputs.FileUrl,
        ["unreadable"] = ScenarioTaskOutputs.Unreadable,
        ["partly-unreadable"] = ScenarioTaskOutputs.PartlyUnreadable,
    };

    private static readonly Dictionary<string, ScenarioTaskRead> s_reads = new(StringComparer.Ordinal)
    {
        ["actual"] = ScenarioTaskRead.Actual,
        ["processing"] = ScenarioTaskRead.Processing,
        ["failed"] = ScenarioTaskRead.Failed,
        ["no-outputs"] = ScenarioTaskRead.NoOutputs,
    };

    internal static ScenarioTask Parse(JsonNode? node, string path)
    {
        ScenarioObject task = new(
            node, path, "durationMilliseconds", "end", "error", "errorCode", "priceDelayMilliseconds", "pending", "notFoundMilliseconds", "webhook",
            "fallbackOnlyAfterMilliseconds", "reads", "outputs", "price");
        return new ScenarioTask
        {
            Duration = task.Milliseconds("durationMilliseconds"),
            End = task.Choice("end", s_ends),
            Error = task.Text("error"),
            ErrorCode = task.Count("errorCode"),
            PriceDelay = task.Milliseconds("priceDelayMilliseconds"),
            Pending = task.Flag("pending"),
            Webhook = task.Choice("webhook", s_webhookModes),
            FallbackOnlyAfter = task.Milliseconds("fallbackOnlyAfterMilliseconds"),
            NotFound = task.Milliseconds("notFoundMilliseconds") ?? TimeSpan.Zero,
            Reads = task.Choices("reads", s_reads),
            Outputs = task.Choice("outputs", s_outputs),
            Price = ParsePrice(task["price"], path),
        };
    }

    // Any number or text: the point is a price that makes no sense.
    private static JsonNode? ParsePrice(JsonNode? node, string path) => node?.GetValueKind() is null or JsonValueKind.Number or JsonValueKind.String
        ? node
        : throw new FormatException($"{path}.price: expected a number or a string.");
}
