using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>One message of a conversation.</summary>
public sealed record ChatMessage
{
    private readonly IReadOnlyList<string> _images = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _videos = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _audios = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<ChatToolCall> _toolCalls = ReadOnlyLists.Empty<ChatToolCall>();
    private readonly IReadOnlyList<ReasoningBlock> _reasoningBlocks = ReadOnlyLists.Empty<ReasoningBlock>();

    /// <summary>The role: system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>The text, or the result of a tool.</summary>
    public string Text { get; init; } = "";

    /// <summary>The images, as addresses or data URIs.</summary>
    public IReadOnlyList<string> Images { get => _images; init => _images = ReadOnlyLists.Create(value); }

    /// <summary>The videos, as addresses or data URIs.</summary>
    public IReadOnlyList<string> Videos { get => _videos; init => _videos = ReadOnlyLists.Create(value); }

    /// <summary>The audio, as data URIs, or as addresses with gemini.generate.</summary>
    public IReadOnlyList<string> Audios { get => _audios; init => _audios = ReadOnlyLists.Create(value); }

    /// <summary>The tool calls that the model requests.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get => _toolCalls; init => _toolCalls = ReadOnlyLists.Create(value); }

    /// <summary>The ID of the tool call that this message answers; null unless the role is tool.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Whether the tool failed, so that the text is its error.</summary>
    public bool IsError { get; init; }

    /// <summary>The reasoning before a tool call, which some models require back together with the result.</summary>
    public IReadOnlyList<ReasoningBlock> ReasoningBlocks { get => _reasoningBlocks; init => _reasoningBlocks = ReadOnlyLists.Create(value); }

    /// <summary>The role and the text.</summary>
    public override string ToString() => $"{Role}: {Text}";
}
