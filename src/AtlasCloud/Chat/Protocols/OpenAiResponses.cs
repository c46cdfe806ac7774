using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The protocol of <c>/v1/responses</c>.</summary>
internal sealed class OpenAiResponses : ChatProtocol
{
    internal override string Name => "openai.responses";

    internal override string FinishReasonName => "status";

    internal override IReadOnlyList<MediaKind> SupportedMedia => [MediaKind.Image, MediaKind.Audio];

    internal override bool SupportsStop => false;

    internal override bool SupportsSeed => false;

    internal override IReadOnlyList<string> GetPaths(string model, bool stream) => ["v1/responses"];

    internal override JsonObject ComposeBody(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["model"] = request.Model, ["input"] = CreateArray(request.Messages.SelectMany(ComposeItems)) };
        SetIfNotNull(body, "temperature", request.Temperature);
        SetIfNotNull(body, "top_p", request.TopP);
        SetIfNotNull(body, "max_output_tokens", request.MaximumTokens);
        if (request.ReasoningEffort is string effort)
        {
            body["reasoning"] = new JsonObject { ["effort"] = effort };
        }

        if (request.Tools.Count > 0)
        {
            body["tools"] = CreateArray(request.Tools.Select(ComposeTool));
        }

        if (request.JsonSchema is JsonObject schema)
        {
            body["text"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "json_schema", ["name"] = "reply", ["schema"] = schema.DeepClone(), ["strict"] = StrictSchema.IsStrict(schema) },
            };
        }

        Merge(body, request.Parameters);
        if (stream)
        {
            body["stream"] = true;
        }

        return body;
    }

    internal override ChatReply? ReadReply(JsonElement root)
    {
        if (root.Member("output") is not JsonElement { ValueKind: JsonValueKind.Array } || root.Text("object") is not (null or "response"))
        {
            return null;
        }

        JsonElement[] items = [.. root.Member("output").Items()];
        ChatToolCall[] calls = [.. items.Where(i => i.Text("type") == "function_call").Select(ReadCall)];
        string reasoning = string.Concat(items.Where(i => i.Text("type") == "reasoning")
            .SelectMany(i => i.Member("summary").Items().Concat(i.Member("content").Items())).Select(p => p.Text("text")));
        string? status = root.Member("incomplete_details")?.Text("reason") ?? root.Text("status");
        return new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = string.Concat(items.Where(i => i.Text("type") == "message").SelectMany(i => i.Member("content").Items())
                .Select(p => JsonText.GetText(p.FirstMember("text", "refusal")))),
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            ToolCalls = calls,
            FinishReason = FinishReasons.Normalize(status, calls.Length > 0),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = ReadAdditionalProperties(root, status, "id", "object", "model", "output", "usage"),
        };
    }

    internal override ChatEvent? ReadEvent(JsonElement root)
    {
        string type = root.Text("type") ?? "";
        if (!type.StartsWith("response.", StringComparison.Ordinal))
        {
            return null;
        }

        JsonElement? response = root.Member("response");
        return type switch
        {
            "response.output_text.delta" or "response.refusal.delta" => new ChatEvent { Text = JsonText.GetText(root.Member("delta")) },
            "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" => new ChatEvent { Reasoning = root.Text("delta") },
            "response.output_item.added" when root.Member("item") is JsonElement item && item.Text("type") == "function_call" =>
                new ChatEvent { ToolCalls = [ReadCall(item) with { Index = ReadIndex(root) }] },
            "response.function_call_arguments.delta" =>
                new ChatEvent { ToolCalls = [new ChatToolCall { Arguments = JsonText.GetText(root.Member("delta")), Index = ReadIndex(root) }] },
            "response.completed" or "response.incomplete" when response is JsonElement final => ReadEnd(final),
            "response.failed" => new ChatEvent { Failure = (response is JsonElement failed ? ResponseErrors.FindErrorMessage(failed) : null) ?? "the reply failed" },
            _ => new ChatEvent { Id = response?.Text("id"), Model = response?.Text("model") },
        };
    }

    private ChatEvent ReadEnd(JsonElement response)
    {
        ChatReply? complete = ReadReply(response);
        string? status = response.Member("incomplete_details")?.Text("reason") ?? response.Text("status");
        return new ChatEvent
        {
            Id = response.Text("id"),
            Model = response.Text("model"),
            FinishReason = FinishReasons.Normalize(status, complete?.ToolCalls.Count > 0) ?? FinishReasons.Stop,
            RawFinishReason = status,
            Usage = ChatUsage.Read(response.Member("usage")),
            CompleteReply = complete,
            IsLast = true,
        };
    }

    private static IEnumerable<JsonNode> ComposeItems(ChatMessage message)
    {
        if (message.Role == "tool")
        {
            yield return new JsonObject { ["type"] = "function_call_output", ["call_id"] = message.ToolCallId, ["output"] = message.Text };
            yield break;
        }

        JsonArray parts = CreateArray(ComposeParts(message));
        if (parts.Count > 0)
        {
            yield return new JsonObject { ["role"] = message.Role, ["content"] = parts };
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            yield return new JsonObject { ["type"] = "function_call", ["call_id"] = call.Id, ["name"] = call.Name, ["arguments"] = GetArgumentText(call) };
        }
    }

    private static IEnumerable<JsonNode> ComposeParts(ChatMessage message)
    {
        if (message.Text.Length > 0)
        {
            yield return new JsonObject { ["type"] = message.Role == "assistant" ? "output_text" : "input_text", ["text"] = message.Text };
        }

        foreach (string image in message.Images)
        {
            yield return new JsonObject { ["type"] = "input_image", ["image_url"] = image };
        }

        foreach (string audio in message.Audios)
        {
            DataUri data = DataUri.ParseAudio(audio);
            yield return new JsonObject { ["type"] = "input_audio", ["input_audio"] = new JsonObject { ["data"] = data.Base64, ["format"] = data.AudioFormat } };
        }
    }

    private static JsonObject ComposeTool(ChatTool tool)
    {
        // The protocol's default is strict, which does not allow optional parameters.
        JsonObject function = new() { ["type"] = "function", ["name"] = tool.Name };
        SetIfNotNull(function, "description", tool.Description);
        SetIfNotNull(function, "parameters", tool.Parameters);
        function["strict"] = false;
        return function;
    }

    private static int ReadIndex(JsonElement root) => (int)(root.Member("output_index")?.AsInteger() ?? 0);

    private static ChatToolCall ReadCall(JsonElement item) => new()
    {
        Id = item.Text("call_id", "id") ?? "",
        Name = item.Text("name") ?? "",
        Arguments = JsonText.GetText(item.Member("arguments")),
    };
}
