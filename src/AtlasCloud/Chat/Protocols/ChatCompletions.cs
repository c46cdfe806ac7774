using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The words of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatCompletions : ChatProtocol
{
    internal override string Name => "openai.chat.completions";

    internal override string FinishName => "finish_reason";

    internal override IReadOnlyList<MediaKind> Media => [MediaKind.Image, MediaKind.Video, MediaKind.Audio];

    internal override IReadOnlyList<string> Paths(string model, bool stream) => ["v1/chat/completions"];

    internal override JsonObject Compose(ChatRequest request, bool stream)
    {
        JsonObject body = new()
        {
            ["model"] = request.Model,
            ["messages"] = Array(request.Messages.Select(m => ComposeMessage(m, request.Messages))),
        };
        Put(body, "temperature", request.Temperature);
        Put(body, "top_p", request.TopP);
        Put(body, "max_tokens", request.MaximumTokens);
        Put(body, "stop", request.Stop.Count == 0 ? null : request.Stop);
        Put(body, "seed", request.Seed);
        Put(body, "reasoning_effort", request.ReasoningEffort);
        if (request.Tools.Count > 0)
        {
            body["tools"] = Array(request.Tools.Select(ComposeTool));
            body["tool_choice"] = "auto";
        }

        if (request.JsonSchema is JsonObject schema)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = "reply", ["schema"] = schema.DeepClone(), ["strict"] = StrictSchema.Fits(schema) },
            };
        }

        Merge(body, request.Parameters);
        body["stream"] = stream;
        if (stream && !body.ContainsKey("stream_options"))
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return body;
    }

    internal override ChatReply? Read(JsonElement root)
    {
        JsonElement? choice = FirstChoice(root);
        if (choice?.Member("message") is not JsonElement said)
        {
            return null;
        }

        string? finish = choice?.Text("finish_reason");
        ChatToolCall[] calls = [.. said.Member("tool_calls").Items().Select(ReadToolCall)];
        string? reasoning = said.Text("reasoning_content", "reasoning");
        return new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = TextOf(said.Member("content")) is { Length: > 0 } text ? text : said.Text("refusal") ?? "",
            Reasoning = reasoning,
            Thoughts = reasoning is null ? [] : [new ReasoningBlock { Text = reasoning }],
            ToolCalls = calls,
            FinishReason = FinishReasons.Normalize(finish, calls.Length > 0),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = Rest(root, finish, "id", "object", "model", "choices", "usage"),
        };
    }

    internal override ChatEvent? ReadEvent(JsonElement root)
    {
        if (root.Member("choices") is null)
        {
            return root.Text("object") == "chat.completion.chunk" ? new ChatEvent { Usage = ChatUsage.Read(root.Member("usage")) } : null;
        }

        JsonElement? choice = FirstChoice(root);
        JsonElement? delta = choice?.FirstMember("delta", "message");
        string? finish = choice?.Text("finish_reason");
        string reasoning = JsonText.Piece(delta?.FirstMember("reasoning_content", "reasoning"));
        return new ChatEvent
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = TextOf(delta?.Member("content")) is { Length: > 0 } text ? text : JsonText.Piece(delta?.Member("refusal")),
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            ToolCalls = [.. (delta?.Member("tool_calls")).Items().Select((c, i) => ReadToolCall(c) with { Index = (int)(c.Member("index")?.AsInteger() ?? i) })],
            FinishReason = FinishReasons.Normalize(finish),
            RawFinishReason = finish,
            Usage = ChatUsage.Read(root.Member("usage")),
            Failure = root.Member("error") is null ? null : ResponseErrors.FindErrorMessage(root),
        };
    }

    private static JsonObject ComposeMessage(ChatMessage message, IReadOnlyList<ChatMessage> all)
    {
        JsonObject composed = new() { ["role"] = message.Role };
        composed["content"] = message switch
        {
            { Images.Count: > 0 } or { Videos.Count: > 0 } or { Audios.Count: > 0 } => Array(ComposeParts(message)),
            { ToolCalls.Count: > 0, Text.Length: 0 } => null,
            _ => JsonValue.Create(message.Text),
        };
        if (message.ToolCalls.Count > 0)
        {
            composed["tool_calls"] = Array(message.ToolCalls.Select(c => new JsonObject
            {
                ["id"] = c.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = ArgumentTextOf(c) },
            }));

            // Thinking models that call tools refuse to go on without what they thought before the call.
            string thoughts = string.Concat(message.Thoughts.Where(t => t.Signature is null).Select(t => t.Text));
            if (thoughts.Length > 0 && IsInLastTurn(all, message))
            {
                composed["reasoning_content"] = thoughts;
            }
        }

        Put(composed, "tool_call_id", message.ToolCallId);
        return composed;
    }

    private static IEnumerable<JsonNode> ComposeParts(ChatMessage message)
    {
        if (message.Text.Length > 0)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = message.Text };
        }

        foreach (string image in message.Images)
        {
            yield return new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = image } };
        }

        foreach (string video in message.Videos)
        {
            yield return new JsonObject { ["type"] = "video_url", ["video_url"] = new JsonObject { ["url"] = video } };
        }

        foreach (string audio in message.Audios)
        {
            DataUri data = DataUri.Audio(audio);
            yield return new JsonObject { ["type"] = "input_audio", ["input_audio"] = new JsonObject { ["data"] = data.Base64, ["format"] = data.AudioFormat } };
        }
    }

    private static JsonObject ComposeTool(ChatTool tool)
    {
        JsonObject function = new() { ["name"] = tool.Name };
        Put(function, "description", tool.Description);
        Put(function, "parameters", tool.Parameters);
        return new JsonObject { ["type"] = "function", ["function"] = function };
    }

    private static ChatToolCall ReadToolCall(JsonElement call) => new()
    {
        Id = call.Text("id") ?? "",
        Name = call.Member("function")?.Text("name") ?? "",
        Arguments = call.Member("function")?.Member("arguments") is JsonElement arguments
            ? arguments.ValueKind == JsonValueKind.Object ? SafeText.StripControlCharacters(arguments.GetRawText()) : JsonText.Piece(arguments)
            : "",
    };

    private static JsonElement? FirstChoice(JsonElement root) => root.Member("choices").Items().Cast<JsonElement?>().FirstOrDefault();

    // Text, or the text parts of a list of parts.
    private static string TextOf(JsonElement? content) => content is { ValueKind: JsonValueKind.Array }
        ? string.Concat(content.Items().Select(p => JsonText.Piece(p.Member("text"))))
        : JsonText.Piece(content);
}
