using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Sampling parameters that the service rejects with a 400 that names no parameter.</summary>
internal static class SamplingRules
{
    private static readonly string[] s_unsupported = ["logprobs", "top_logprobs"];
    private static readonly string[] s_unsupportedOnClaude5 = ["top_p", "top_k"];

    /// <summary>Markers in the model IDs of the Claude 5 family, which does not include 4.5.</summary>
    private static readonly string[] s_claude5Markers = ["claude-5", "opus-5", "sonnet-5", "haiku-5"];

    internal static bool AreViolated(CatalogModel model, JsonObject body)
    {
        if (s_unsupported.Any(name => body[name] is not null))
        {
            return true;
        }

        return s_claude5Markers.Any(part => model.Id.Contains(part, StringComparison.OrdinalIgnoreCase)) &&
            (s_unsupportedOnClaude5.Any(name => body[name] is not null) || new RequestValues(body, null).Number("temperature") is { } and not 1m);
    }
}
