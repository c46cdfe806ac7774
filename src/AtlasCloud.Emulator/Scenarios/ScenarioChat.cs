using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The chat reply that a rule specifies.</summary>
internal sealed record ScenarioChat
{
    internal string? Text { get; init; }

    /// <summary>One text per request; the last one repeats.</summary>
    internal IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>JSON to use as the text, or as the arguments of a forced tool.</summary>
    internal JsonNode? Object { get; init; }

    /// <summary>The reasoning before the reply, requested or not.</summary>
    internal string? Reasoning { get; init; }

    /// <summary>Hidden reasoning tokens. They count against the limit and are charged.</summary>
    internal int? HiddenReasoningTokens { get; init; }

    /// <summary>The number of words of a generated text, streamed in as many chunks without delay.</summary>
    internal int? Chunks { get; init; }

    /// <summary>The tool calls of each round before the text.</summary>
    internal IReadOnlyList<IReadOnlyList<ScenarioToolCall>> ToolRounds { get; init; } = [];

    /// <summary>The finish reason; null for the actual one.</summary>
    internal FinishReason? FinishReason { get; init; }

    /// <summary>The delay before each event of a stream; null for the default.</summary>
    internal TimeSpan? Delay { get; init; }

    internal bool HasText => Text is not null || Texts.Count > 0 || Object is not null || Chunks is not null;

    /// <summary>The text for the n-th match of the rule, from 1; null to generate it. Tool rounds have no text.</summary>
    internal string? TextFor(int matchCount) =>
        Texts.Count > 0 ? Texts[Math.Clamp(matchCount - ToolRounds.Count - 1, 0, Texts.Count - 1)] :
        Object is not null ? JsonText.Write(Object) :
        Chunks is { } count ? string.Join(' ', Enumerable.Range(1, count)) :
        Text;
}
