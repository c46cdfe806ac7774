using System.Text;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Puts the pieces of a stream together.</summary>
internal sealed class ChatAccumulator(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private TimeSpan? _firstToken;
    private string? _id;
    private string? _model;
    private string? _finishReason;
    private ChatUsage? _usage;

    /// <summary>Whether anything of the answer has come.</summary>
    internal bool HasAnything => _firstToken is not null || _finishReason is not null;

    /// <summary>Whether the answer said that it is complete.</summary>
    internal bool IsFinished => _finishReason is not null;

    internal void Add(ChatChunk chunk, JsonElement root)
    {
        if (_firstToken is null && (chunk.Text.Length > 0 || chunk.Reasoning is not null || chunk.ToolCalls.Count > 0))
        {
            _firstToken = clock.GetElapsedTime(_start);
        }

        _id ??= root.Text("id");
        _model ??= root.Text("model");
        _text.Append(chunk.Text);
        _reasoning.Append(chunk.Reasoning);
        _finishReason = chunk.FinishReason ?? _finishReason;
        _usage = chunk.Usage ?? _usage;
        foreach ((int index, ChatToolCall piece) in ChatCompletions.ToolPieces(root))
        {
            (string Id, string Name, StringBuilder Arguments) call = _calls.TryGetValue(index, out var known) ? known : ("", "", new StringBuilder());
            call.Arguments.Append(piece.Arguments);
            _calls[index] = (call.Id.Length > 0 ? call.Id : piece.Id, call.Name.Length > 0 ? call.Name : piece.Name, call.Arguments);
        }
    }

    /// <summary>The answer as far as it came.</summary>
    internal ChatReply ToReply(AtlasCloudException? interruption, string? requestId) => new()
    {
        Id = _id,
        Model = _model,
        Text = _text.ToString(),
        Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
        ToolCalls = [.. _calls.Values.Select(c => new ChatToolCall { Id = c.Id, Name = c.Name, Arguments = c.Arguments.ToString() })],
        FinishReason = _finishReason,
        Usage = _usage,
        IsInterrupted = interruption is not null,
        Interruption = interruption,
        TimeToFirstToken = _firstToken,
        Duration = clock.GetElapsedTime(_start),
        RequestId = requestId,
    };
}
