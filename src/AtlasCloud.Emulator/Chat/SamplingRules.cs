using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Sampling parameters that the service refuses without naming them.</summary>
internal static class SamplingRules
{
    private static readonly string[] s_never = ["logprobs", "top_logprobs"];
    private static readonly string[] s_notOnClaude5 = ["top_p", "top_k"];

    /// <summary>What the ids of that family contain. 4.5 is not of it.</summary>
    private static readonly string[] s_claude5 = ["claude-5", "opus-5", "sonnet-5", "haiku-5"];

    internal static bool Refuses(CatalogModel model, JsonObject body)
    {
        if (s_never.Any(name => body[name] is not null))
        {
            return true;
        }

        return s_claude5.Any(part => model.Id.Contains(part, StringComparison.OrdinalIgnoreCase)) &&
            (s_notOnClaude5.Any(name => body[name] is not null) || new RequestValues(body, null).Number("temperature") is { } and not 1m);
    }
}
