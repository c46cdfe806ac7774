using System.Collections.Specialized;
using System.Text;
using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Puts the pieces of a stream together, in time and room that grow with the answer and not faster.</summary>
internal sealed class ChatAccumulator(ChatProtocol protocol, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _thought = new();
    private readonly List<ReasoningBlock> _thoughts = [];
    private readonly SortedDictionary<int, (ChatToolCall Call, StringBuilder Arguments)> _calls = [];
    private int _nextCall;
    private TimeSpan? _firstToken;
    private string? _id;
    private string? _model;
    private string? _finishReason;
    private string? _rawFinishReason;
    private ChatUsage? _usage;
    private ChatReply? _whole;

    /// <summary>Whether anything of the answer has come.</summary>
    internal bool HasAnything => _firstToken is not null || _finishReason is not null;

    /// <summary>Whether the answer said that it is complete.</summary>
    internal bool IsFinished => _finishReason is not null;

    internal void Add(ChatEvent piece)
    {
        if (_firstToken is null && piece.HasContent)
        {
            _firstToken = clock.GetElapsedTime(_start);
        }

        _id ??= piece.Id;
        _model ??= piece.Model;
        _text.Append(piece.Text);
        _reasoning.Append(piece.Reasoning);
        _thought.Append(piece.Reasoning);
        _finishReason = piece.FinishReason ?? _finishReason;
        _rawFinishReason = piece.RawFinishReason ?? _rawFinishReason;
        _usage = piece.Usage?.After(_usage) ?? _usage;
        _whole = piece.Whole ?? _whole;
        if (piece.ThoughtEnd is ReasoningBlock end)
        {
            _thoughts.Add(end.IsSecret ? end : end with { Text = _thought.ToString() });
            _thought.Clear();
        }

        foreach (ChatToolCall call in piece.ToolCalls)
        {
            Add(call);
        }
    }

    /// <summary>The answer as far as it came.</summary>
    internal ChatReply ToReply(AtlasCloudException? interruption, string? requestId)
    {
        ChatToolCall[] calls = [.. _calls.Values.Select(c => c.Call with { Arguments = c.Arguments.ToString(), Index = null })];
        OrderedDictionary rest = new(StringComparer.OrdinalIgnoreCase);
        if (_rawFinishReason is not null)
        {
            rest[protocol.FinishName] = _rawFinishReason;
        }

        return new ChatReply
        {
            Id = _id,
            Model = _model,
            Text = _text.Length > 0 ? _text.ToString() : _whole?.Text ?? "",
            Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : _whole?.Reasoning,
            Thoughts = _thought.Length > 0 ? [.. _thoughts, new ReasoningBlock { Text = _thought.ToString() }] : _thoughts,
            ToolCalls = _whole?.ToolCalls is { Count: > 0 } whole ? whole : calls,
            FinishReason = FinishReasons.Normalize(_finishReason, calls.Length > 0),
            Usage = _usage,
            IsInterrupted = interruption is not null,
            Interruption = interruption,
            TimeToFirstToken = _firstToken,
            Duration = clock.GetElapsedTime(_start),
            RequestId = requestId,
            AdditionalProperties = rest.AsReadOnly(),
        };
    }

    // Only the first piece of a call carries its name; a call that came whole is one more.
    private void Add(ChatToolCall piece)
    {
        int index = piece.Index ?? (_nextCall);
        if (!_calls.TryGetValue(index, out (ChatToolCall Call, StringBuilder Arguments) known))
        {
            known = (new ChatToolCall(), new StringBuilder());
        }

        _nextCall = Math.Max(_nextCall, index == int.MaxValue ? index : index + 1);
        known.Arguments.Append(piece.Arguments);
        ChatToolCall call = known.Call;
        _calls[index] = (
            call with
            {
                Id = call.Id.Length > 0 ? call.Id : piece.Id,
                Name = call.Name.Length > 0 ? call.Name : piece.Name,
                Signature = call.Signature ?? piece.Signature,
            },
            known.Arguments);
    }
}
