namespace AtlasCloud.Chat;

/// <summary>Why an answer ended, in the words that all protocols share here.</summary>
internal static class FinishReasons
{
    internal const string Stop = "stop";
    internal const string Length = "length";
    internal const string ToolCalls = "tool_calls";
    internal const string ContentFilter = "content_filter";

    /// <summary>The common word; an unknown word survives in lower case.</summary>
    internal static string? Normalize(string? raw, bool hasCalls = false)
    {
        string? word = raw?.ToLowerInvariant() switch
        {
            null => null,
            "stop" or "end_turn" or "stop_sequence" or "completed" or "eos" => Stop,
            "length" or "max_tokens" or "max_output_tokens" or "model_context_window_exceeded" => Length,
            "tool_calls" or "tool_use" or "function_call" => ToolCalls,
            "content_filter" or "refusal" or "safety" or "recitation" or "blocklist" or "prohibited_content" or "spii" or "image_safety" => ContentFilter,
            string other => other,
        };

        // Gemini and some models behind chat completions say "stop" although they ask for calls.
        return word == Stop && hasCalls ? ToolCalls : word;
    }
}
