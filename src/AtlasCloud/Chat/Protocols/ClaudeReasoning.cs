using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The reasoning parameters of Claude models, which depend on their generation.</summary>
internal static partial class ClaudeReasoning
{
    private const int MinBudget = 1024;

    /// <summary>Whether the model is of the Claude 5 family, which accepts an effort instead of a budget, and no sampling parameters.</summary>
    internal static bool IsClaude5(string model) => Claude5().IsMatch(model);

    internal static void Apply(JsonObject body, ChatRequest request)
    {
        if (request.ReasoningEffort is not string effort || effort is "none" or "minimal")
        {
            return;
        }

        if (IsClaude5(request.Model))
        {
            body["output_config"] = new JsonObject { ["effort"] = effort };
            return;
        }

        // The budget counts toward max_tokens: it takes at most half of an explicit limit, and raises the default one.
        int budget = effort switch { "low" => MinBudget, "high" => 16 * MinBudget, _ => 4 * MinBudget };
        if (request.MaximumTokens is int limit)
        {
            budget = Math.Min(budget, limit / 2);
        }
        else
        {
            body["max_tokens"] = (int)body["max_tokens"]! + budget;
        }

        if (budget >= MinBudget)
        {
            body["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = budget };
        }
    }

    [GeneratedRegex(@"claude-(?:[a-z]+-)?5(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Claude5();
}
