using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The oldest protocol of OpenAI: a text goes in, a text comes back. Models of the chat protocol take it as well.</summary>
internal sealed class CompletionProtocol : ChatProtocol
{
    private static readonly OpenAIProtocol s_chat = new();

    internal override IReadOnlyList<string> Names { get; } = ["openai.completions", "openai.chat.completions"];

    internal override string IdPrefix => "cmpl-";

    internal override ChatQuestion Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        ConversationReader reader = new();
        if (values.Carries("prompt"))
        {
            reader.Say("user", body["prompt"] is JsonArray prompts ? string.Concat(prompts.Select(p => p?.ToString())) : values.Text("prompt")!);
        }

        return new ChatQuestion
        {
            Conversation = reader.Build("prompt"),
            Limit = Count(body["max_tokens"]),
            IsStreamed = values.Flag("stream"),
            WantsUsage = body["stream_options"]?["include_usage"]?.ToString() == "true",
        };
    }

    internal override JsonObject Write(ChatTurn turn)
    {
        JsonObject completion = Choice(turn, turn.Answer.Text, OpenAIProtocol.Word(turn.Answer.End));
        completion["usage"] = OpenAIProtocol.Usage(turn);
        return completion;
    }

    internal override IEnumerable<ServerEvent> Stream(ChatTurn turn)
    {
        foreach (string word in Words.Of(turn.Answer.Text))
        {
            yield return ServerEvent.Of(Choice(turn, word, null));
        }

        JsonObject last = Choice(turn, "", OpenAIProtocol.Word(turn.Answer.End));
        if (turn.Question.WantsUsage)
        {
            last["usage"] = OpenAIProtocol.Usage(turn);
        }

        yield return ServerEvent.Of(last);
        yield return ServerEvent.Done;
    }

    internal override ServerEvent Failure(string requestId) => s_chat.Failure(requestId);

    private static JsonObject Choice(ChatTurn turn, string text, string? finishReason)
    {
        JsonObject completion = OpenAIProtocol.Frame(turn, "text_completion");
        completion["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["text"] = text, ["logprobs"] = null, ["finish_reason"] = finishReason });
        return completion;
    }
}
