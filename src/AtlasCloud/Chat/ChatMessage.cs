namespace AtlasCloud;

/// <summary>One message of a conversation.</summary>
public sealed record ChatMessage
{
    private readonly IReadOnlyList<string> _images = [];
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = [];

    /// <summary>system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>What was said.</summary>
    public string Text { get; init; } = "";

    /// <summary>Addresses or data URIs of the pictures that came with it.</summary>
    public IReadOnlyList<string> Images { get => _images; init => _images = Listing.Of(value); }

    /// <summary>The calls that the model asked for.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = Listing.Of(value); }

    /// <summary>The call that this message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Who said what.</summary>
    public override string ToString() => $"{Role}: {Text}";
}
