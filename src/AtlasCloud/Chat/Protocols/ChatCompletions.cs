using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The protocol of <c>/v1/chat/completions</c> (API reference, section 15).</summary>
internal sealed class ChatCompletions : ChatProtocol
{
    internal override string Name => "openai.chat.completions";

    internal override string FinishReasonName => "finish_reason";

    internal override IReadOnlyList<MediaKind> SupportedMedia => [MediaKind.Image, MediaKind.Video, MediaKind.Audio];

    internal override PlainChunkReader CreatePlainReader() => new();

    internal override IReadOnlyList<string> GetPaths(string model, bool stream) => ["v1/chat/completions"];

    internal override JsonObject ComposeBody(ChatRequest request, bool stream)
    {
        JsonObject body = new()
        {
            ["model"] = request.Model,
            ["messages"] = CreateArray(request.Messages.Select(m => ComposeMessage(m, request.Messages))),
        };
        SetIfNotNull(body, "temperature", request.Temperature);
        SetIfNotNull(body, "top_p", request.TopP);
        SetIfNotNull(body, "max_tokens", request.MaximumTokens);
        SetIfNotNull(body, "stop", request.Stop.Count == 0 ? null : request.Stop);
        SetIfNotNull(body, "seed", request.Seed);
        SetIfNotNull(body, "reasoning_effort", request.ReasoningEffort);
        if (request.Tools.Count > 0)
        {
            body["tools"] = CreateArray(request.Tools.Select(ComposeTool));
            body["tool_choice"] = "auto";
        }

        if (request.JsonSchema is JsonObject schema)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = "reply", ["schema"] = schema.DeepClone(), ["strict"] = StrictSchema.IsStrict(schema) },
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

    internal override ChatReply? ReadReply(JsonElement root)
    {
        JsonElement? choice = FirstChoice(root);
        if (choice?.Member("message") is not JsonElement message)
        {
            return null;
        }

        string? finish = choice?.Text("finish_reason");
        ChatToolCall[] calls = [.. message.Member("tool_calls").Items().Select(ReadToolCall)];
        string? reasoning = message.Text("reasoning_content", "reasoning");
        return new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = ReadContent(message.Member("content")) is { Length: > 0 } text ? text : message.Text("refusal") ?? "",
            Reasoning = reasoning,
            ReasoningBlocks = reasoning is null ? [] : [new ReasoningBlock { Text = reasoning }],
            ToolCalls = calls,
            FinishReason = FinishReasons.Normalize(finish, calls.Length > 0),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = ReadAdditionalProperties(root, finish, "id", "object", "model", "choices", "usage"),
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
        string reasoning = JsonText.GetText(delta?.FirstMember("reasoning_content", "reasoning"));
        return new ChatEvent
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = ReadContent(delta?.Member("content")) is { Length: > 0 } text ? text : JsonText.GetText(delta?.Member("refusal")),
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
            { Images.Count: > 0 } or { Videos.Count: > 0 } or { Audios.Count: > 0 } => CreateArray(ComposeParts(message)),
            { ToolCalls.Count: > 0, Text.Length: 0 } => null,
            _ => JsonValue.Create(message.Text),
        };
        if (message.ToolCalls.Count > 0)
        {
            composed["tool_calls"] = CreateArray(message.ToolCalls.Select(c => new JsonObject
            {
                ["id"] = c.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = GetArgumentText(c) },
            }));

            // Reasoning models refuse the results of tool calls without the reasoning that preceded the calls.
            string reasoning = string.Concat(message.ReasoningBlocks.Where(t => t.Signature is null).Select(t => t.Text));
            if (reasoning.Length > 0 && IsInLastTurn(all, message))
            {
                composed["reasoning_content"] = reasoning;
            }
        }

        SetIfNotNull(composed, "tool_call_id", message.ToolCallId);
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
            DataUri data = DataUri.ParseAudio(audio);
            yield return new JsonObject { ["type"] = "input_audio", ["input_audio"] = new JsonObject { ["data"] = data.Base64, ["format"] = data.AudioFormat } };
        }
    }

    private static JsonObject ComposeTool(ChatTool tool)
    {
        JsonObject function = new() { ["name"] = tool.Name };
        SetIfNotNull(function, "description", tool.Description);
        SetIfNotNull(function, "parameters", tool.Parameters);
        return new JsonObject { ["type"] = "function", ["function"] = function };
    }

    private static ChatToolCall ReadToolCall(JsonElement call) => new()
    {
        Id = call.Text("id") ?? "",
        Name = call.Member("function")?.Text("name") ?? "",
        Arguments = call.Member("function")?.Member("arguments") is JsonElement arguments
            ? arguments.ValueKind == JsonValueKind.Object ? SafeText.StripControlCharacters(arguments.GetRawText()) : JsonText.GetText(arguments)
            : "",
    };

    private static JsonElement? FirstChoice(JsonElement root) => root.Member("choices").Items().Cast<JsonElement?>().FirstOrDefault();

    // The content is text, or a list of parts.
    private static string ReadContent(JsonElement? content) => content is { ValueKind: JsonValueKind.Array }
        ? string.Concat(content.Items().Select(p => JsonText.GetText(p.Member("text"))))
        : JsonText.GetText(content);
}
