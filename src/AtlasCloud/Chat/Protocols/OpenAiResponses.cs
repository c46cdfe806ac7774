using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The words of <c>/v1/responses</c>.</summary>
internal sealed class OpenAiResponses : ChatProtocol
{
    internal override string Name => "openai.responses";

    internal override string FinishName => "status";

    internal override IReadOnlyList<MediaKind> Media => [MediaKind.Image, MediaKind.Audio];

    internal override bool HasStop => false;

    internal override bool HasSeed => false;

    internal override IReadOnlyList<string> Paths(string model, bool stream) => ["v1/responses"];

    internal override JsonObject Compose(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["model"] = request.Model, ["input"] = Array(request.Messages.SelectMany(ComposeItems)) };
        Put(body, "temperature", request.Temperature);
        Put(body, "top_p", request.TopP);
        Put(body, "max_output_tokens", request.MaximumTokens);
        if (request.ReasoningEffort is string effort)
        {
            body["reasoning"] = new JsonObject { ["effort"] = effort };
        }

        if (request.Tools.Count > 0)
        {
            body["tools"] = Array(request.Tools.Select(ComposeTool));
        }

        if (request.JsonSchema is JsonObject schema)
        {
            body["text"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "json_schema", ["name"] = "reply", ["schema"] = schema.DeepClone(), ["strict"] = StrictSchema.Fits(schema) },
            };
        }

        Merge(body, request.Parameters);
        if (stream)
        {
            body["stream"] = true;
        }

        return body;
    }

    internal override ChatReply? Read(JsonElement root)
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
                .Select(p => JsonText.Piece(p.FirstMember("text", "refusal")))),
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            ToolCalls = calls,
            FinishReason = FinishReasons.Normalize(status, calls.Length > 0),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = Rest(root, status, "id", "object", "model", "output", "usage"),
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
            "response.output_text.delta" or "response.refusal.delta" => new ChatEvent { Text = JsonText.Piece(root.Member("delta")) },
            "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" => new ChatEvent { Reasoning = root.Text("delta") },
            "response.output_item.added" when root.Member("item") is JsonElement item && item.Text("type") == "function_call" =>
                new ChatEvent { ToolCalls = [ReadCall(item) with { Index = IndexOf(root) }] },
            "response.function_call_arguments.delta" =>
                new ChatEvent { ToolCalls = [new ChatToolCall { Arguments = JsonText.Piece(root.Member("delta")), Index = IndexOf(root) }] },
            "response.completed" or "response.incomplete" when response is JsonElement whole => ReadEnd(whole),
            "response.failed" => new ChatEvent { Failure = (response is JsonElement failed ? ResponseErrors.FindErrorMessage(failed) : null) ?? "the answer failed" },
            _ => new ChatEvent { Id = response?.Text("id"), Model = response?.Text("model") },
        };
    }

    private ChatEvent ReadEnd(JsonElement response)
    {
        ChatReply? whole = Read(response);
        string? status = response.Member("incomplete_details")?.Text("reason") ?? response.Text("status");
        return new ChatEvent
        {
            Id = response.Text("id"),
            Model = response.Text("model"),
            FinishReason = FinishReasons.Normalize(status, whole?.ToolCalls.Count > 0) ?? FinishReasons.Stop,
            RawFinishReason = status,
            Usage = ChatUsage.Read(response.Member("usage")),
            Whole = whole,
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

        JsonArray parts = Array(ComposeParts(message));
        if (parts.Count > 0)
        {
            yield return new JsonObject { ["role"] = message.Role, ["content"] = parts };
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            yield return new JsonObject { ["type"] = "function_call", ["call_id"] = call.Id, ["name"] = call.Name, ["arguments"] = ArgumentTextOf(call) };
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
            DataUri data = DataUri.Audio(audio);
            yield return new JsonObject { ["type"] = "input_audio", ["input_audio"] = new JsonObject { ["data"] = data.Base64, ["format"] = data.AudioFormat } };
        }
    }

    private static JsonObject ComposeTool(ChatTool tool)
    {
        // Strict is this protocol's own default, and refuses tools with optional parameters.
        JsonObject function = new() { ["type"] = "function", ["name"] = tool.Name };
        Put(function, "description", tool.Description);
        Put(function, "parameters", tool.Parameters);
        function["strict"] = false;
        return function;
    }

    private static int IndexOf(JsonElement root) => (int)(root.Member("output_index")?.AsInteger() ?? 0);

    private static ChatToolCall ReadCall(JsonElement item) => new()
    {
        Id = item.Text("call_id", "id") ?? "",
        Name = item.Text("name") ?? "",
        Arguments = JsonText.Piece(item.Member("arguments")),
    };
}
