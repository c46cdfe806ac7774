using System.Text;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Json;

namespace AtlasCloud.Chat;

/// <summary>Assembles the events of a stream into a reply, in time and memory linear in the size of the answer.</summary>
internal sealed class ChatAccumulator(ChatProtocol protocol, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _currentReasoning = new();
    private readonly List<ReasoningBlock> _reasoningBlocks = [];
    private readonly SortedDictionary<int, (ChatToolCall Call, StringBuilder Arguments)> _calls = [];
    private int _nextCall;
    private TimeSpan? _timeToFirstToken;
    private string? _id;
    private string? _model;
    private string? _finishReason;
    private string? _rawFinishReason;
    private ChatUsage? _usage;
    private ChatReply? _completeReply;

    /// <summary>Whether any part of the answer has arrived.</summary>
    internal bool HasStarted => _timeToFirstToken is not null || _finishReason is not null;

    /// <summary>Whether a finish reason has arrived: the answer is complete.</summary>
    internal bool IsFinished => _finishReason is not null;

    internal void Add(ChatEvent read)
    {
        if (_timeToFirstToken is null && read.HasContent)
        {
            _timeToFirstToken = clock.GetElapsedTime(_start);
        }

        _id ??= read.Id;
        _model ??= read.Model;
        _text.Append(read.Text);
        _reasoning.Append(read.Reasoning);
        _currentReasoning.Append(read.Reasoning);
        _finishReason = read.FinishReason ?? _finishReason;
        _rawFinishReason = read.RawFinishReason ?? _rawFinishReason;
        _usage = read.Usage?.CompletedWith(_usage) ?? _usage;
        _completeReply = read.CompleteReply ?? _completeReply;
        if (read.CompletedReasoning is ReasoningBlock end)
        {
            _reasoningBlocks.Add(end.IsRedacted ? end : end with { Text = _currentReasoning.ToString() });
            _currentReasoning.Clear();
        }

        foreach (ChatToolCall call in read.ToolCalls)
        {
            AddToolCall(call);
        }
    }

    /// <summary>The reply as far as it has arrived.</summary>
    internal ChatReply ToReply(AtlasCloudException? interruption, string? requestId)
    {
        ChatToolCall[] calls = [.. _calls.Values.Select(c => c.Call with { Arguments = c.Arguments.ToString(), Index = null })];
        return new ChatReply
        {
            Id = _id,
            Model = _model,
            Text = _text.Length > 0 ? _text.ToString() : _completeReply?.Text ?? "",
            Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : _completeReply?.Reasoning,
            ReasoningBlocks = _currentReasoning.Length > 0 ? [.. _reasoningBlocks, new ReasoningBlock { Text = _currentReasoning.ToString() }] : _reasoningBlocks,
            ToolCalls = _completeReply?.ToolCalls is { Count: > 0 } complete ? complete : calls,
            FinishReason = FinishReasons.Normalize(_finishReason, calls.Length > 0),
            Usage = _usage,
            IsInterrupted = interruption is not null,
            Interruption = interruption,
            TimeToFirstToken = _timeToFirstToken,
            Duration = clock.GetElapsedTime(_start),
            RequestId = requestId,
            AdditionalProperties = new TextualDictionary(_rawFinishReason is null ? [] : [(protocol.FinishReasonName, _rawFinishReason)]),
        };
    }

    // Only the first part of a call has its name; a call without an index arrived whole and is a new one.
    private void AddToolCall(ChatToolCall part)
    {
        int index = part.Index ?? _nextCall;
        if (!_calls.TryGetValue(index, out (ChatToolCall Call, StringBuilder Arguments) known))
        {
            known = (new ChatToolCall(), new StringBuilder());
        }

        _nextCall = Math.Max(_nextCall, index == int.MaxValue ? index : index + 1);
        known.Arguments.Append(part.Arguments);
        ChatToolCall call = known.Call;
        _calls[index] = (
            call with
            {
                Id = call.Id.Length > 0 ? call.Id : part.Id,
                Name = call.Name.Length > 0 ? call.Name : part.Name,
                Signature = call.Signature ?? part.Signature,
            },
            known.Arguments);
    }
}
