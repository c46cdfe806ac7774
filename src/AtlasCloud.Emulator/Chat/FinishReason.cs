namespace AtlasCloud.Emulation.Chat;

/// <summary>Why a reply ends. Each protocol has its own names for these.</summary>
internal enum FinishReason
{
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
}
