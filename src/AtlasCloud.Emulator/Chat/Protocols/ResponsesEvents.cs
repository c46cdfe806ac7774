using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>An answer of the Responses protocol as numbered events: each item is opened, filled and closed.</summary>
internal sealed class ResponsesEvents
{
    private readonly ResponsesProtocol _protocol;
    private readonly ChatTurn _turn;
    private int _number;

    internal ResponsesEvents(ResponsesProtocol protocol, ChatTurn turn) => (_protocol, _turn) = (protocol, turn);

    internal IEnumerable<ServerEvent> All()
    {
        yield return Event("response.created", "response", ResponsesProtocol.Frame(_turn, "in_progress"));
        yield return Event("response.in_progress", "response", ResponsesProtocol.Frame(_turn, "in_progress"));
        int index = 0;
        foreach (JsonObject item in ResponsesProtocol.Items(_turn))
        {
            foreach (ServerEvent next in ItemEvents(item, index++))
            {
                yield return next;
            }
        }

        yield return Event("response." + ResponsesProtocol.Status(_turn.Answer.End), "response", _protocol.Write(_turn));
    }

    private IEnumerable<ServerEvent> ItemEvents(JsonObject item, int index)
    {
        JsonObject opened = item.DeepClone().AsObject();
        IEnumerable<ServerEvent> filling;
        switch (item["type"]!.ToString())
        {
            case "message":
                (opened["status"], opened["content"]) = ("in_progress", new JsonArray());
                filling = Filling(item, index, "content", "output_text", _turn.Answer.Text);
                break;
            case "reasoning":
                opened["summary"] = new JsonArray();
                filling = _turn.Answer.Reasoning.Length > 0
                    ? Filling(item, index, "summary", "reasoning_summary_text", _turn.Answer.Reasoning)
                    : [];
                break;
            default:
                (opened["status"], opened["arguments"]) = ("in_progress", "");
                ToolCall call = _turn.Answer.Calls.First(c => item["id"]!.ToString().EndsWith(c.Number, StringComparison.Ordinal));
                filling = Arguments(call, item, index);
                break;
        }

        yield return Whole("response.output_item.added", opened, index);
        foreach (ServerEvent next in filling)
        {
            yield return next;
        }

        yield return Whole("response.output_item.done", item.DeepClone(), index);
    }

    private IEnumerable<ServerEvent> Filling(JsonObject item, int index, string list, string kind, string text)
    {
        string part = list == "content" ? "response.content_part" : "response.reasoning_summary_part";
        JsonObject empty = item[list]![0]!.DeepClone().AsObject();
        empty["text"] = "";
        yield return Part(part + ".added", "part", empty);
        foreach (string word in Words.Of(text))
        {
            yield return Part($"response.{kind}.delta", "delta", word);
        }

        yield return Part($"response.{kind}.done", "text", text);
        yield return Part(part + ".done", "part", item[list]![0]!.DeepClone());

        ServerEvent Part(string type, string member, JsonNode value)
        {
            JsonObject data = Place(type, item, index);
            data[list + "_index"] = 0;
            data[member] = value;
            return ServerEvent.Named(data);
        }
    }

    private IEnumerable<ServerEvent> Arguments(ToolCall call, JsonObject item, int index)
    {
        JsonObject data;
        foreach (string piece in call.Pieces())
        {
            data = Place("response.function_call_arguments.delta", item, index);
            data["delta"] = piece;
            yield return ServerEvent.Named(data);
        }

        data = Place("response.function_call_arguments.done", item, index);
        data["arguments"] = call.Arguments;
        yield return ServerEvent.Named(data);
    }

    private JsonObject Place(string type, JsonObject item, int index) => new()
    {
        ["type"] = type,
        ["sequence_number"] = _number++,
        ["item_id"] = item["id"]!.ToString(),
        ["output_index"] = index,
    };

    private ServerEvent Whole(string type, JsonNode item, int index) => ServerEvent.Named(
        new JsonObject { ["type"] = type, ["sequence_number"] = _number++, ["output_index"] = index, ["item"] = item });

    private ServerEvent Event(string type, string member, JsonNode value) => ServerEvent.Named(
        new JsonObject { ["type"] = type, ["sequence_number"] = _number++, [member] = value });
}
