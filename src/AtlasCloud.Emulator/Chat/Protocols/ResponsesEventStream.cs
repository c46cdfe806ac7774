using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Writes a reply of the Responses protocol as numbered events: each item is added, filled and completed.</summary>
internal sealed class ResponsesEventStream
{
    private readonly ResponsesProtocol _protocol;
    private readonly ChatTurn _turn;
    private int _sequenceNumber;

    internal ResponsesEventStream(ResponsesProtocol protocol, ChatTurn turn) => (_protocol, _turn) = (protocol, turn);

    internal IEnumerable<ServerSentEvent> GetEvents()
    {
        yield return CreateEvent("response.created", "response", ResponsesProtocol.CreateResponse(_turn, "in_progress"));
        yield return CreateEvent("response.in_progress", "response", ResponsesProtocol.CreateResponse(_turn, "in_progress"));
        int index = 0;
        foreach (JsonObject item in ResponsesProtocol.OutputItems(_turn))
        {
            foreach (ServerSentEvent next in ItemEvents(item, index++))
            {
                yield return next;
            }
        }

        yield return CreateEvent("response." + ResponsesProtocol.Status(_turn.Reply.FinishReason), "response", _protocol.WriteReply(_turn));
    }

    private IEnumerable<ServerSentEvent> ItemEvents(JsonObject item, int index)
    {
        JsonObject emptyItem = item.DeepClone().AsObject();
        IEnumerable<ServerSentEvent> contentEvents;
        switch (item["type"]!.ToString())
        {
            case "message":
                (emptyItem["status"], emptyItem["content"]) = ("in_progress", new JsonArray());
                contentEvents = ContentEvents(item, index, "content", "output_text", _turn.Reply.Text);
                break;
            case "reasoning":
                emptyItem["summary"] = new JsonArray();
                contentEvents = _turn.Reply.Reasoning.Length > 0
                    ? ContentEvents(item, index, "summary", "reasoning_summary_text", _turn.Reply.Reasoning)
                    : [];
                break;
            default:
                (emptyItem["status"], emptyItem["arguments"]) = ("in_progress", "");
                ToolCall call = _turn.Reply.ToolCalls.First(c => item["id"]!.ToString().EndsWith(c.IdSuffix, StringComparison.Ordinal));
                contentEvents = ArgumentEvents(call, item, index);
                break;
        }

        yield return ItemEvent("response.output_item.added", emptyItem, index);
        foreach (ServerSentEvent next in contentEvents)
        {
            yield return next;
        }

        yield return ItemEvent("response.output_item.done", item.DeepClone(), index);
    }

    private IEnumerable<ServerSentEvent> ContentEvents(JsonObject item, int index, string list, string kind, string text)
    {
        string part = list == "content" ? "response.content_part" : "response.reasoning_summary_part";
        JsonObject empty = item[list]![0]!.DeepClone().AsObject();
        empty["text"] = "";
        yield return PartEvent(part + ".added", "part", empty);
        foreach (string token in Tokenizer.Split(text))
        {
            yield return PartEvent($"response.{kind}.delta", "delta", token);
        }

        yield return PartEvent($"response.{kind}.done", "text", text);
        yield return PartEvent(part + ".done", "part", item[list]![0]!.DeepClone());

        ServerSentEvent PartEvent(string type, string member, JsonNode value)
        {
            JsonObject data = CreateItemData(type, item, index);
            data[list + "_index"] = 0;
            data[member] = value;
            return ServerSentEvent.CreateNamed(data);
        }
    }

    private IEnumerable<ServerSentEvent> ArgumentEvents(ToolCall call, JsonObject item, int index)
    {
        JsonObject data;
        foreach (string chunk in call.ArgumentChunks())
        {
            data = CreateItemData("response.function_call_arguments.delta", item, index);
            data["delta"] = chunk;
            yield return ServerSentEvent.CreateNamed(data);
        }

        data = CreateItemData("response.function_call_arguments.done", item, index);
        data["arguments"] = call.Arguments;
        yield return ServerSentEvent.CreateNamed(data);
    }

    private JsonObject CreateItemData(string type, JsonObject item, int index) => new()
    {
        ["type"] = type,
        ["sequence_number"] = _sequenceNumber++,
        ["item_id"] = item["id"]!.ToString(),
        ["output_index"] = index,
    };

    private ServerSentEvent ItemEvent(string type, JsonNode item, int index) => ServerSentEvent.CreateNamed(
        new JsonObject { ["type"] = type, ["sequence_number"] = _sequenceNumber++, ["output_index"] = index, ["item"] = item });

    private ServerSentEvent CreateEvent(string type, string member, JsonNode value) => ServerSentEvent.CreateNamed(
        new JsonObject { ["type"] = type, ["sequence_number"] = _sequenceNumber++, [member] = value });
}
