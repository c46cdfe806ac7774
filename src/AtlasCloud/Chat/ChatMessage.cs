namespace AtlasCloud;

/// <summary>One message of a conversation.</summary>
public sealed record ChatMessage
{
    /// <summary>system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>What was said.</summary>
    public string Text { get; init; } = "";

    /// <summary>Addresses or data URIs of the pictures that came with it.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The calls that the model asked for.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>The call that this message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Who said what.</summary>
    public override string ToString() => $"{Role}: {Text}";
}
