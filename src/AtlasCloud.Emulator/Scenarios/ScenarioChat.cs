using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>What a chat model says under a rule.</summary>
internal sealed record ScenarioChat
{
    internal string? Text { get; init; }

    /// <summary>One text a request, the last one again and again.</summary>
    internal IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>JSON that is the text, or the arguments of a tool that must be called.</summary>
    internal JsonNode? Object { get; init; }

    /// <summary>What is thought aloud first, asked for or not.</summary>
    internal string? Reasoning { get; init; }

    /// <summary>Tokens of thinking that nobody sees. They count, and they are paid.</summary>
    internal int? HiddenReasoningTokens { get; init; }

    /// <summary>A text of so many words, and so a stream of so many chunks, sent as fast as possible.</summary>
    internal int? Chunks { get; init; }

    /// <summary>The tools that are called, round for round, before the text is said.</summary>
    internal IReadOnlyList<IReadOnlyList<ScenarioToolCall>> ToolRounds { get; init; } = [];

    /// <summary>The reason to stop; null for the true one.</summary>
    internal FinishReason? FinishReason { get; init; }

    /// <summary>The pause before each event of a stream; null for the usual one.</summary>
    internal TimeSpan? Delay { get; init; }

    internal bool HasText => Text is not null || Texts.Count > 0 || Object is not null || Chunks is not null;

    /// <summary>The text on an occasion, from 1; null where the model is to find its own. Rounds of tools have no text.</summary>
    internal string? TextFor(int matchCount) =>
        Texts.Count > 0 ? Texts[Math.Clamp(matchCount - ToolRounds.Count - 1, 0, Texts.Count - 1)] :
        Object is not null ? JsonText.Write(Object) :
        Chunks is { } count ? string.Join(' ', Enumerable.Range(1, count)) :
        Text;
}
