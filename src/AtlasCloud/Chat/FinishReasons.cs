namespace AtlasCloud.Chat;

/// <summary>The finish reasons, common to all protocols.</summary>
internal static class FinishReasons
{
    internal const string Stop = "stop";
    internal const string Length = "length";
    internal const string ToolCalls = "tool_calls";
    internal const string ContentFilter = "content_filter";

    /// <summary>The common reason; an unknown one is kept in lower case.</summary>
    internal static string? Normalize(string? raw, bool hasCalls = false)
    {
        string? reason = raw?.ToLowerInvariant() switch
        {
            null => null,
            "stop" or "end_turn" or "stop_sequence" or "completed" or "eos" => Stop,
            "length" or "max_tokens" or "max_output_tokens" or "model_context_window_exceeded" => Length,
            "tool_calls" or "tool_use" or "function_call" => ToolCalls,
            "content_filter" or "refusal" or "safety" or "recitation" or "blocklist" or "prohibited_content" or "spii" or "image_safety" => ContentFilter,
            string other => other,
        };

        // Gemini, and some models behind chat completions, report "stop" although they call tools.
        return reason == Stop && hasCalls ? ToolCalls : reason;
    }
}
