using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Sampling parameters that the service refuses without naming them.</summary>
internal static class SamplingRules
{
    private static readonly string[] s_never = ["logprobs", "top_logprobs"];
    private static readonly string[] s_notOnClaude5 = ["top_p", "top_k"];

    internal static bool Refuses(CatalogModel model, JsonObject body)
    {
        if (s_never.Any(name => body[name] is not null))
        {
            return true;
        }

        bool isClaude5 = model.Id.StartsWith("anthropic/claude-", StringComparison.OrdinalIgnoreCase) &&
            model.Id.Contains("-5", StringComparison.Ordinal) && !model.Id.Contains("-4.5", StringComparison.Ordinal);
        return isClaude5 &&
            (s_notOnClaude5.Any(name => body[name] is not null) || new RequestValues(body, null).Number("temperature") is { } and not 1m);
    }
}
