using System.Globalization;
using System.Text;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Generates replies. The same request gets the same reply, so tests can rely on it.</summary>
internal sealed class ChatResponder
{
    private const int TokensPerToolCall = 12;
    private const string DefaultReasoning = "The user said something. I say it back.";

    private readonly ChatRequest _request;
    private readonly ScenarioChat? _script;
    private readonly int _matchCount;

    private ChatResponder(ChatRequest request, ScenarioChat? script, int matchCount) => (_request, _script, _matchCount) = (request, script, matchCount);

    /// <summary>Replies to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="script">The reply that a scenario specifies; null for none.</param>
    /// <param name="matchCount">How often the scenario rule has applied, from 1.</param>
    internal static ChatReply Respond(ChatRequest request, ScenarioChat? script, int matchCount) => new ChatResponder(request, script, matchCount).CreateReply();

    private ChatReply CreateReply()
    {
        IReadOnlyList<ToolCall> calls = CreateToolCalls();
        List<string> reasoningTokens = Tokenizer.Split(_script?.Reasoning ?? (_request.WantsReasoning ? DefaultReasoning : ""));
        List<string> textTokens = calls.Count > 0 ? [] : Tokenizer.Split(CreateText());
        int hiddenTokens = _script?.HiddenReasoningTokens ?? 0;
        long totalTokens = (long)hiddenTokens + reasoningTokens.Count + textTokens.Count + (TokensPerToolCall * calls.Count);
        if (_request.MaximumTokens is { } limit && totalTokens > limit)
        {
            // Reasoning tokens count first: a low limit leaves none for the reply, and is charged in full.
            int reasoningCount = Math.Clamp(limit - hiddenTokens, 0, reasoningTokens.Count);
            return new ChatReply
            {
                Reasoning = string.Concat(reasoningTokens.Take(reasoningCount)),
                Text = string.Concat(textTokens.Take(Math.Max(0, limit - hiddenTokens - reasoningCount))),
                FinishReason = FinishReason.Length,
                Tokens = limit,
                ReasoningTokens = Math.Min(hiddenTokens, limit) + reasoningCount,
            };
        }

        return new ChatReply
        {
            Reasoning = string.Concat(reasoningTokens),
            Text = string.Concat(textTokens),
            ToolCalls = calls,
            FinishReason = _script?.FinishReason ?? (calls.Count > 0 ? FinishReason.ToolCalls : FinishReason.Stop),
            Tokens = totalTokens,
            ReasoningTokens = hiddenTokens + reasoningTokens.Count,
        };
    }

    private IReadOnlyList<ToolCall> CreateToolCalls()
    {
        if (_request.Tools.Count == 0)
        {
            return [];
        }

        Conversation conversation = _request.Conversation;
        if (_script is { ToolRounds.Count: > 0 })
        {
            return conversation.ToolRounds < _script.ToolRounds.Count
                ? [.. _script.ToolRounds[conversation.ToolRounds].Select(call => ToolCall.Create(call.Name, call.Arguments))]
                : [];
        }

        if (conversation.LastRole != "user")
        {
            return [];
        }

        if (_request.ForcedTool is { } forced)
        {
            List<ToolCall> detected = ToolCallDetector.Detect(conversation.LastText, [forced]);
            return _script?.Object is { } arguments
                ? [ToolCall.Create(forced.Name, JsonText.Write(arguments))]
                : detected.Count > 0 ? detected : [ToolCall.Create(forced.Name, ToolCallDetector.GenerateArguments(forced, conversation.LastText))];
        }

        return _script is { HasText: true } ? [] : ToolCallDetector.Detect(conversation.LastText, _request.Tools);
    }

    private string CreateText()
    {
        if (_script?.TextFor(_matchCount) is { } text)
        {
            return text;
        }

        if (_request.Schema is { } schema)
        {
            return JsonText.Write(SchemaSampleGenerator.Generate(schema));
        }

        Conversation conversation = _request.Conversation;
        StringBuilder reply = conversation.LastRole == "tool"
            ? new StringBuilder("Tool results: ").AppendJoin("; ", conversation.ToolResults)
            : new StringBuilder("You said: ").Append(conversation.LastText);
        AppendCount(reply, conversation.Images, "image");
        AppendCount(reply, conversation.Videos, "video");
        AppendCount(reply, conversation.AudioClips, "sound");
        return reply.ToString();
    }

    private static void AppendCount(StringBuilder text, int count, string noun)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" ({count} {noun}{(count == 1 ? "" : "s")})");
        }
    }
}
