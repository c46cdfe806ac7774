using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The words of <c>/v1/messages</c>.</summary>
internal sealed class ClaudeMessages : ChatProtocol
{
    // The protocol wants a length; this one is what its clients send where the user names none.
    private const int UsualLength = 4096;

    internal override string Name => "claude.messages";

    internal override string FinishName => "stop_reason";

    internal override IReadOnlyList<MediaKind> Media => [MediaKind.Image];

    internal override bool HasSeed => false;

    internal override IReadOnlyList<KeyValuePair<string, string>> Headers => [new("anthropic-version", "2023-06-01")];

    internal override bool TakesSchema(ChatRequest request) => false;

    internal override IReadOnlyList<string> Paths(string model, bool stream) => ["v1/messages"];

    internal override JsonObject Compose(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["model"] = request.Model };
        Put(body, "system", SystemText(request));
        body["messages"] = ComposeMessages(request.Messages);
        body["max_tokens"] = request.MaximumTokens ?? UsualLength;
        Put(body, "temperature", request.Temperature);
        Put(body, "top_p", request.TopP);
        Put(body, "stop_sequences", request.Stop.Count == 0 ? null : request.Stop);
        ClaudeThinking.Put(body, request);
        if (request.Tools.Count > 0)
        {
            body["tools"] = Array(request.Tools.Select(ComposeTool));
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
        if (root.Member("content") is not JsonElement { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        JsonElement[] blocks = [.. root.Member("content").Items()];
        string? stop = root.Text("stop_reason");
        string thoughts = string.Concat(blocks.Where(b => b.Text("type") == "thinking").Select(b => b.Text("thinking")));
        return new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = string.Concat(blocks.Where(b => b.Text("type") == "text").Select(b => JsonText.Piece(b.Member("text")))),
            Reasoning = thoughts.Length > 0 ? thoughts : null,
            Thoughts = [.. blocks.Select(ReadThought).OfType<ReasoningBlock>()],
            ToolCalls = [.. blocks.Where(b => b.Text("type") == "tool_use").Select(ReadCall)],
            FinishReason = FinishReasons.Normalize(stop),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = Rest(root, stop, "id", "type", "role", "model", "content", "usage"),
        };
    }

    internal override ChatEvent? ReadEvent(JsonElement root)
    {
        switch (root.Text("type"))
        {
            case "message_start" when root.Member("message") is JsonElement message:
                // How much was written is only known at the end; here it is a place-holder.
                ChatUsage? usage = ChatUsage.Read(message.Member("usage"));
                return new ChatEvent { Id = message.Text("id"), Model = message.Text("model"), Usage = usage is null ? null : usage with { OutputTokens = null, TotalTokens = null } };
            case "content_block_start" when root.Member("content_block") is JsonElement block:
                return ReadBlockStart(block, IndexOf(root));
            case "content_block_delta" when root.Member("delta") is JsonElement delta:
                return ReadDelta(delta, IndexOf(root));
            case "message_delta":
                string? stop = root.Member("delta")?.Text("stop_reason");
                return new ChatEvent { FinishReason = FinishReasons.Normalize(stop), RawFinishReason = stop, Usage = ChatUsage.Read(root.Member("usage")) };
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
        "text" => new ChatEvent { Text = JsonText.Piece(block.Member("text")) },
        "thinking" => new ChatEvent { Reasoning = block.Text("thinking") },
        "redacted_thinking" => new ChatEvent { ThoughtEnd = ReadThought(block) },

        // An empty input stands for the pieces that follow.
        "tool_use" => new ChatEvent { ToolCalls = [ReadCall(block) is { Arguments: "{}" } call ? call with { Arguments = "", Index = index } : ReadCall(block) with { Index = index }] },
        _ => ChatEvent.Empty,
    };

    private static ChatEvent ReadDelta(JsonElement delta, int index) => delta.Text("type") switch
    {
        "text_delta" => new ChatEvent { Text = JsonText.Piece(delta.Member("text")) },
        "thinking_delta" => new ChatEvent { Reasoning = delta.Text("thinking") },
        "signature_delta" => new ChatEvent { ThoughtEnd = new ReasoningBlock { Signature = delta.Text("signature") } },
        "input_json_delta" => new ChatEvent { ToolCalls = [new ChatToolCall { Arguments = JsonText.Piece(delta.Member("partial_json")), Index = index }] },
        _ => ChatEvent.Empty,
    };

    // The roles have to alternate: the results of parallel calls are one message, and a question after them joins it.
    private static JsonArray ComposeMessages(IReadOnlyList<ChatMessage> messages)
    {
        JsonArray composed = [];
        foreach (ChatMessage message in messages.Where(m => !IsSystem(m)))
        {
            string role = message.Role == "assistant" ? "assistant" : "user";
            JsonArray blocks = Array(ClaudeBlocks.Compose(message, IsInLastTurn(messages, message), ArgumentsOf));
            if (composed.Count > 0 && composed[^1] is JsonObject last && last["role"]!.ToString() == role)
            {
                JsonArray known = last["content"] as JsonArray ?? [new JsonObject { ["type"] = "text", ["text"] = last["content"]!.ToString() }];
                last["content"] = Array(known.Concat(blocks).Select(b => b!.DeepClone()));
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
        Put(composed, "description", tool.Description);
        Put(composed, "input_schema", tool.Parameters);
        return composed;
    }

    private static int IndexOf(JsonElement root) => (int)(root.Member("index")?.AsInteger() ?? 0);

    private static ReasoningBlock? ReadThought(JsonElement block) => block.Text("type") switch
    {
        "thinking" => new ReasoningBlock { Text = block.Text("thinking") ?? "", Signature = block.Text("signature") },
        "redacted_thinking" => new ReasoningBlock { Signature = block.Text("data"), IsSecret = true },
        _ => null,
    };

    private static ChatToolCall ReadCall(JsonElement block) => new()
    {
        Id = block.Text("id") ?? "",
        Name = block.Text("name") ?? "",
        Arguments = block.Member("input") is JsonElement { ValueKind: JsonValueKind.Object } input ? SafeText.StripControlCharacters(input.GetRawText()) : "{}",
    };
}
