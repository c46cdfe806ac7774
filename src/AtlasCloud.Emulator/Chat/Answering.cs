using System.Globalization;
using System.Text;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Finds the answer to a question: always the same to the same question, so that tests can rely on it.</summary>
internal sealed class Answering
{
    private const int TokensPerCall = 12;
    private const string UsualReasoning = "The user said something. I say it back.";

    private readonly ChatQuestion _question;
    private readonly ScenarioChat? _script;
    private readonly int _occasion;

    private Answering(ChatQuestion question, ScenarioChat? script, int occasion) => (_question, _script, _occasion) = (question, script, occasion);

    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="script">What a scenario wants to be said; null for nothing.</param>
    /// <param name="occasion">How often the scenario has spoken, from 1.</param>
    internal static ChatAnswer To(ChatQuestion question, ScenarioChat? script, int occasion) => new Answering(question, script, occasion).Answer();

    private ChatAnswer Answer()
    {
        IReadOnlyList<ToolCall> calls = Calls();
        List<string> thoughts = Words.Of(_script?.Reasoning ?? (_question.WantsReasoning ? UsualReasoning : ""));
        List<string> words = calls.Count > 0 ? [] : Words.Of(Text());
        int hidden = _script?.HiddenReasoningTokens ?? 0;
        long needed = (long)hidden + thoughts.Count + words.Count + (TokensPerCall * calls.Count);
        if (_question.Limit is { } limit && needed > limit)
        {
            // What is thought counts first: a small limit leaves nothing for the answer, and is paid in full.
            int forThoughts = Math.Clamp(limit - hidden, 0, thoughts.Count);
            return new ChatAnswer
            {
                Reasoning = string.Concat(thoughts.Take(forThoughts)),
                Text = string.Concat(words.Take(Math.Max(0, limit - hidden - forThoughts))),
                End = AnswerEnd.Length,
                Tokens = limit,
                ReasoningTokens = Math.Min(hidden, limit) + forThoughts,
            };
        }

        return new ChatAnswer
        {
            Reasoning = string.Concat(thoughts),
            Text = string.Concat(words),
            Calls = calls,
            End = _script?.End ?? (calls.Count > 0 ? AnswerEnd.ToolCalls : AnswerEnd.Stop),
            Tokens = needed,
            ReasoningTokens = hidden + thoughts.Count,
        };
    }

    private IReadOnlyList<ToolCall> Calls()
    {
        if (_question.Tools.Count == 0)
        {
            return [];
        }

        Conversation conversation = _question.Conversation;
        if (_script is { ToolRounds.Count: > 0 })
        {
            return conversation.ToolRounds < _script.ToolRounds.Count
                ? [.. _script.ToolRounds[conversation.ToolRounds].Select(call => ToolCall.To(call.Name, call.Arguments))]
                : [];
        }

        if (conversation.LastRole != "user")
        {
            return [];
        }

        if (_question.ForcedTool is { } forced)
        {
            List<ToolCall> named = NamedTools.In(conversation.LastText, [forced]);
            return _script?.Object is { } wanted
                ? [ToolCall.To(forced.Name, JsonText.Write(wanted))]
                : named.Count > 0 ? named : [ToolCall.To(forced.Name, NamedTools.Invent(forced, conversation.LastText))];
        }

        return _script is { SpeaksItself: true } ? [] : NamedTools.In(conversation.LastText, _question.Tools);
    }

    private string Text()
    {
        if (_script?.TextOn(_occasion) is { } text)
        {
            return text;
        }

        if (_question.Schema is { } schema)
        {
            return JsonText.Write(SchemaValue.Of(schema));
        }

        Conversation conversation = _question.Conversation;
        StringBuilder said = conversation.LastRole == "tool"
            ? new StringBuilder("Tool results: ").AppendJoin("; ", conversation.ToolResults)
            : new StringBuilder("You said: ").Append(conversation.LastText);
        Append(said, conversation.Images, "image");
        Append(said, conversation.Videos, "video");
        Append(said, conversation.Sounds, "sound");
        return said.ToString();
    }

    private static void Append(StringBuilder text, int count, string noun)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" ({count} {noun}{(count == 1 ? "" : "s")})");
        }
    }
}
