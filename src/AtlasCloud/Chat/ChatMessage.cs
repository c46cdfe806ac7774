using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>One message of a conversation.</summary>
public sealed record ChatMessage
{
    private readonly IReadOnlyList<string> _images = [];
    private readonly IReadOnlyList<string> _videos = [];
    private readonly IReadOnlyList<string> _audios = [];
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = [];
    private readonly IReadOnlyList<ReasoningBlock> _thoughts = [];

    /// <summary>system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>What was said, or what a tool answered.</summary>
    public string Text { get; init; } = "";

    /// <summary>Addresses or data URIs of the pictures that came with it.</summary>
    public IReadOnlyList<string> Images { get => _images; init => _images = ReadOnlyLists.Create(value); }

    /// <summary>Addresses or data URIs of the videos that came with it.</summary>
    public IReadOnlyList<string> Videos { get => _videos; init => _videos = ReadOnlyLists.Create(value); }

    /// <summary>Data URIs, or addresses where the protocol takes them, of the sound that came with it.</summary>
    public IReadOnlyList<string> Audios { get => _audios; init => _audios = ReadOnlyLists.Create(value); }

    /// <summary>The calls that the model asked for.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>The call that this message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Whether the tool failed.</summary>
    public bool IsError { get; init; }

    /// <summary>Thoughts that some models want to see again once their tools have run.</summary>
    public IReadOnlyList<ReasoningBlock> Thoughts { get => _thoughts; init => _thoughts = ReadOnlyLists.Create(value); }

    /// <summary>Who said what.</summary>
    public override string ToString() => $"{Role}: {Text}";
}
