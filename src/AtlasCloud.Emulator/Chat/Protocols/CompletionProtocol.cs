using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>OpenAI's legacy completions: text in, text out. Chat completion models accept it too.</summary>
internal sealed class CompletionProtocol : ChatProtocol
{
    private static readonly OpenAIProtocol s_chat = new();

    internal override IReadOnlyList<string> CatalogNames { get; } = ["openai.completions", "openai.chat.completions"];

    internal override string IdPrefix => "cmpl-";

    internal override ChatRequest ReadRequest(JsonObject body)
    {
        RequestValues values = new(body, null);
        ConversationBuilder conversation = new();
        if (values.HasValue("prompt"))
        {
            conversation.AddMessage("user", body["prompt"] is JsonArray prompts ? string.Concat(prompts.Select(p => p?.ToString())) : values.Text("prompt")!);
        }

        return new ChatRequest
        {
            Conversation = conversation.Build("prompt"),
            MaximumTokens = ParseInteger(body["max_tokens"]),
            IsStreamed = values.Flag("stream"),
            WantsUsage = body["stream_options"]?["include_usage"]?.ToString() == "true",
        };
    }

    internal override JsonObject WriteReply(ChatTurn turn)
    {
        JsonObject completion = CreateCompletion(turn, turn.Reply.Text, OpenAIProtocol.FinishReasonName(turn.Reply.FinishReason));
        completion["usage"] = OpenAIProtocol.Usage(turn);
        return completion;
    }

    internal override IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn)
    {
        foreach (string token in Tokenizer.Split(turn.Reply.Text))
        {
            yield return ServerSentEvent.Create(CreateCompletion(turn, token, null));
        }

        JsonObject last = CreateCompletion(turn, "", OpenAIProtocol.FinishReasonName(turn.Reply.FinishReason));
        if (turn.Request.WantsUsage)
        {
            last["usage"] = OpenAIProtocol.Usage(turn);
        }

        yield return ServerSentEvent.Create(last);
        yield return ServerSentEvent.Done;
    }

    internal override ServerSentEvent ErrorEvent(string requestId) => s_chat.ErrorEvent(requestId);

    private static JsonObject CreateCompletion(ChatTurn turn, string text, string? finishReason)
    {
        JsonObject completion = OpenAIProtocol.CreateCompletion(turn, "text_completion");
        completion["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["text"] = text, ["logprobs"] = null, ["finish_reason"] = finishReason });
        return completion;
    }
}
