namespace AtlasCloud.Emulation.Chat;

/// <summary>Why an answer ends. Each protocol has its own words for these.</summary>
internal enum FinishReason
{
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
}
