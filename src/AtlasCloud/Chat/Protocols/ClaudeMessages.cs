using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The protocol of <c>/v1/messages</c>.</summary>
internal sealed class ClaudeMessages : ChatProtocol
{
    // The protocol requires a limit; this is what its clients send by default.
    private const int DefaultMaxTokens = 4096;

    internal override string Name => "claude.messages";

    internal override string FinishReasonName => "stop_reason";

    internal override IReadOnlyList<MediaKind> SupportedMedia => [MediaKind.Image];

    internal override bool SupportsSeed => false;

    internal override IReadOnlyList<KeyValuePair<string, string>> Headers => [new("anthropic-version", "2023-06-01")];

    internal override bool SupportsSchema(ChatRequest request) => false;

    internal override IReadOnlyList<string> GetPaths(string model, bool stream) => ["v1/messages"];

    internal override JsonObject ComposeBody(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["model"] = request.Model };
        SetIfNotNull(body, "system", GetSystemText(request));
        body["messages"] = ComposeMessages(request.Messages);
        body["max_tokens"] = request.MaximumTokens ?? DefaultMaxTokens;
        SetIfNotNull(body, "temperature", request.Temperature);
        SetIfNotNull(body, "top_p", request.TopP);
        SetIfNotNull(body, "stop_sequences", request.Stop.Count == 0 ? null : request.Stop);
        ClaudeReasoning.Apply(body, request);
        if (request.Tools.Count > 0)
        {
            body["tools"] = CreateArray(request.Tools.Select(ComposeTool));
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
        if (root.Member("content") is not JsonElement { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        JsonElement[] blocks = [.. root.Member("content").Items()];
        string? finish = root.Text("stop_reason");
        string reasoning = string.Concat(blocks.Where(b => b.Text("type") == "thinking").Select(b => b.Text("thinking")));
        return new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = string.Concat(blocks.Where(b => b.Text("type") == "text").Select(b => JsonText.GetText(b.Member("text")))),
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            ReasoningBlocks = [.. blocks.Select(ReadReasoning).OfType<ReasoningBlock>()],
            ToolCalls = [.. blocks.Where(b => b.Text("type") == "tool_use").Select(ReadCall)],
            FinishReason = FinishReasons.Normalize(finish),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = ReadAdditionalProperties(root, finish, "id", "type", "role", "model", "content", "usage"),
        };
    }

    internal override ChatEvent? ReadEvent(JsonElement root)
    {
        switch (root.Text("type"))
        {
            case "message_start" when root.Member("message") is JsonElement message:
                // The output count is a placeholder until the end.
                ChatUsage? usage = ChatUsage.Read(message.Member("usage"));
                return new ChatEvent { Id = message.Text("id"), Model = message.Text("model"), Usage = usage is null ? null : usage with { OutputTokens = null, TotalTokens = null } };
            case "content_block_start" when root.Member("content_block") is JsonElement block:
                return ReadBlockStart(block, ReadIndex(root));
            case "content_block_delta" when root.Member("delta") is JsonElement delta:
                return ReadDelta(delta, ReadIndex(root));
            case "message_delta":
                string? finish = root.Member("delta")?.Text("stop_reason");
                return new ChatEvent { FinishReason = FinishReasons.Normalize(finish), RawFinishReason = finish, Usage = ChatUsage.Read(root.Member("usage")) };
            case "message_stop":
                return new ChatEvent { IsLast = true };
            case "ping" or "content_block_stop":
                return ChatEvent.Empty;
            default:
                return null;
        }
    }

    private static ChatEvent ReadBlockStart(JsonElement block, int index) => block.Text("type") switch
    {
        "text" => new ChatEvent { Text = JsonText.GetText(block.Member("text")) },
        "thinking" => new ChatEvent { Reasoning = block.Text("thinking") },
        "redacted_thinking" => new ChatEvent { CompletedReasoning = ReadReasoning(block) },

        // The input is empty if its parts follow in deltas.
        "tool_use" => new ChatEvent { ToolCalls = [ReadCall(block) is { Arguments: "{}" } call ? call with { Arguments = "", Index = index } : ReadCall(block) with { Index = index }] },
        _ => ChatEvent.Empty,
    };

    private static ChatEvent ReadDelta(JsonElement delta, int index) => delta.Text("type") switch
    {
        "text_delta" => new ChatEvent { Text = JsonText.GetText(delta.Member("text")) },
        "thinking_delta" => new ChatEvent { Reasoning = delta.Text("thinking") },
        "signature_delta" => new ChatEvent { CompletedReasoning = new ReasoningBlock { Signature = delta.Text("signature") } },
        "input_json_delta" => new ChatEvent { ToolCalls = [new ChatToolCall { Arguments = JsonText.GetText(delta.Member("partial_json")), Index = index }] },
        _ => ChatEvent.Empty,
    };

    // The roles have to alternate, so the results of parallel calls and a following user message are merged into one message.
    private static JsonArray ComposeMessages(IReadOnlyList<ChatMessage> messages)
    {
        JsonArray composed = [];
        foreach (ChatMessage message in messages.Where(m => !IsSystem(m)))
        {
            string role = message.Role == "assistant" ? "assistant" : "user";
            JsonArray blocks = CreateArray(ClaudeBlocks.Compose(message, IsInLastTurn(messages, message), ParseArguments));
            if (composed.Count > 0 && composed[^1] is JsonObject last && last["role"]!.ToString() == role)
            {
                JsonArray known = last["content"] as JsonArray ?? [new JsonObject { ["type"] = "text", ["text"] = last["content"]!.ToString() }];
                last["content"] = CreateArray(known.Concat(blocks).Select(b => b!.DeepClone()));
            }
            else if (blocks.Count == 1 && blocks[0]!["type"]!.ToString() == "text")
            {
                composed.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = message.Text });
            }
            else if (blocks.Count > 0)
            {
                composed.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = blocks });
            }
        }

        return composed;
    }

    private static JsonObject ComposeTool(ChatTool tool)
    {
        JsonObject composed = new() { ["name"] = tool.Name };
        SetIfNotNull(composed, "description", tool.Description);
        SetIfNotNull(composed, "input_schema", tool.Parameters);
        return composed;
    }

    private static int ReadIndex(JsonElement root) => (int)(root.Member("index")?.AsInteger() ?? 0);

    private static ReasoningBlock? ReadReasoning(JsonElement block) => block.Text("type") switch
    {
        "thinking" => new ReasoningBlock { Text = block.Text("thinking") ?? "", Signature = block.Text("signature") },
        "redacted_thinking" => new ReasoningBlock { Signature = block.Text("data"), IsRedacted = true },
        _ => null,
    };

    private static ChatToolCall ReadCall(JsonElement block) => new()
    {
        Id = block.Text("id") ?? "",
        Name = block.Text("name") ?? "",
        Arguments = block.Member("input") is JsonElement { ValueKind: JsonValueKind.Object } input ? SafeText.StripControlCharacters(input.GetRawText()) : "{}",
    };
}
