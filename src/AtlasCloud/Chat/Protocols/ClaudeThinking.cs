using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AtlasCloud.Chat.Protocols;

/// <summary>How Claude models are told how long to think, which depends on their generation.</summary>
internal static partial class ClaudeThinking
{
    private const int LeastBudget = 1024;

    /// <summary>Whether it is of the fifth generation: it takes an effort instead of a budget, and no sampling parameters.</summary>
    internal static bool IsFifth(string model) => Fifth().IsMatch(model);

    internal static void Put(JsonObject body, ChatRequest request)
    {
        if (request.ReasoningEffort is not string effort || effort is "none" or "minimal")
        {
            return;
        }

        if (IsFifth(request.Model))
        {
            body["output_config"] = new JsonObject { ["effort"] = effort };
            return;
        }

        // The budget is a part of the length, so that a length of the user's own halves it and else the length grows by it.
        int budget = effort switch { "low" => LeastBudget, "high" => 16 * LeastBudget, _ => 4 * LeastBudget };
        if (request.MaximumTokens is int length)
        {
            budget = Math.Min(budget, length / 2);
        }
        else
        {
            body["max_tokens"] = (int)body["max_tokens"]! + budget;
        }

        if (budget >= LeastBudget)
        {
            body["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = budget };
        }
    }

    [GeneratedRegex(@"claude-(?:[a-z]+-)?5(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fifth();
}
