using System.Runtime.CompilerServices;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Chat;

/// <summary>A question and all that follows from it: rounds of tools, and one correction of a reply that does not fit its schema.</summary>
internal sealed class ChatToolLoop(ChatExchange exchange, ChatRequest request, ChatProtocol protocol, ModelPrice? price, bool stream, Budget spending, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly List<ChatMessage> _messages = [.. request.Messages];
    private readonly List<ChatToolCall> _runs = [];
    private int _round;
    private int _toolRounds;
    private bool _isCorrected;
    private bool _isCounted = true;
    private ChatUsage? _usage;
    private TimeSpan? _firstToken;
    private ChatReply? _last;

    internal async IAsyncEnumerable<ChatChunk> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            _round++;
            ChatRequest question = request with { Messages = [.. ChatHistory.Repair(_messages)] };
            IAsyncEnumerator<ChatChunk> answer = exchange.AskAsync(question, stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (answer.ConfigureAwait(false))
            {
                while (await NextAsync(answer).ConfigureAwait(false))
                {
                    if (answer.Current.Reply is ChatReply reply)
                    {
                        Take(reply);
                    }
                    else
                    {
                        yield return answer.Current with { Round = _round };
                    }
                }
            }

            if (_last!.IsInterrupted)
            {
                break;
            }

            if (HasCallsToRun())
            {
                foreach (ChatToolCall call in _last.ToolCalls)
                {
                    ChatToolCall run = await RunToolAsync(call, cancellationToken).ConfigureAwait(false);
                    yield return new ChatChunk { ToolRun = run, Round = _round };
                }

                continue;
            }

            if (IsAnswered())
            {
                break;
            }
        }
        while (true);

        yield return new ChatChunk { FinishReason = _last.FinishReason, Usage = _last.Usage, Round = _round, Reply = _last };
    }

    // After the first round something has been paid for and tools may have done something: an error must not lose that.
    private async Task<bool> NextAsync(IAsyncEnumerator<ChatChunk> answer)
    {
        try
        {
            return await answer.MoveNextAsync().ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (_last is not null)
        {
            throw new AtlasCloudException(exception.Kind, $"{exception.Message} This was question {_round} of one chat; the target of the error is the reply up to there.", exception)
            {
                Status = exception.Status,
                RequestId = exception.RequestId,
                ServerMessage = exception.ServerMessage,
                RecommendedAction = exception.RecommendedAction,
                RetryAfter = exception.RetryAfter,
                Target = _last,
            };
        }
    }

    private void Take(ChatReply reply)
    {
        ChatToolCall[] calls = [.. reply.ToolCalls.Select(c => c.Id.Length > 0 ? c : c with { Id = GeminiContents.NewCallId() })];
        Count(reply);
        _usage = ChatUsage.Add(_usage, reply.Usage);
        _isCounted &= reply.Usage is not null && !reply.IsInterrupted;
        _firstToken ??= reply.TimeToFirstToken;

        // A call that broke off cannot be gone on from; its words can.
        _messages.Add(new ChatMessage
        {
            Role = "assistant",
            Text = reply.Text,
            ToolCalls = reply.IsInterrupted ? [] : calls,
            Thoughts = calls.Length > 0 ? reply.Thoughts : [],
        });
        _last = Whole(reply with { ToolCalls = calls, Model = reply.Model ?? request.Model });
    }

    // There is no quote for a question: what it cost is counted once its answer is there.
    private void Count(ChatReply reply)
    {
        if (ChatCost.Estimate(reply.Usage, price) is decimal cost)
        {
            spending.Add(cost);
        }
        else if (spending.Limit is not null)
        {
            AtlasCloudLog.Warning($"What this answer of {request.Model} costs is not known and not counted in the budget: {(price is null ? "its rates are not published" : "its tokens were not counted")}.");
        }
    }

    private ChatReply Whole(ChatReply reply) => reply with
    {
        Protocol = protocol.Name,
        ToolRuns = [.. _runs],
        Usage = _round == 1 ? reply.Usage : _usage,
        EstimatedCost = _isCounted ? ChatCost.Estimate(_usage, price) : null,
        Conversation = [.. _messages],
        Rounds = _round,
        TimeToFirstToken = _firstToken,
        Duration = clock.GetElapsedTime(_start),
    };

    private bool HasCallsToRun()
    {
        if (_last!.ToolCalls.Count == 0 || request.RunTool is null)
        {
            return false;
        }

        if (_toolRounds < request.MaximumToolRounds)
        {
            _toolRounds++;
            return true;
        }

        AtlasCloudLog.Warning($"{request.Model} asks for calls again after {_toolRounds} rounds of them: the chat ends here. Allow more with -MaximumToolRound.");
        return false;
    }

    private async Task<ChatToolCall> RunToolAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = clock.GetTimestamp();
        ChatToolResult result = await ChatToolRunner.RunAsync(call, request, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        ChatToolCall run = call with { Result = result.Text, IsError = result.IsError, Duration = clock.GetElapsedTime(start) };
        _runs.Add(run);
        _messages.Add(new ChatMessage { Role = "tool", ToolCallId = call.Id, Text = result.Text, IsError = result.IsError });
        _last = Whole(_last!);
        return run;
    }

    /// <summary>Whether there is nothing more to ask: a reply that has to fit a schema and does not is asked for once more.</summary>
    private bool IsAnswered()
    {
        if (request.JsonSchema is null || _last!.ToolCalls.Count > 0)
        {
            Warn(_last!);
            return true;
        }

        (object? value, IReadOnlyList<ValidationError> faults) = StructuredReply.Read(_last.Text, request.JsonSchema);
        if (faults.Count == 0)
        {
            _last = _last with { Object = value };
            return true;
        }

        if (_isCorrected)
        {
            throw StructuredReply.Failure(_last, faults);
        }

        _isCorrected = true;
        AtlasCloudLog.Verbose($"The reply of {request.Model} does not fit the schema and is asked for once more: {string.Join("; ", faults)}");
        _messages.Add(StructuredReply.Correction(faults));
        return false;
    }

    private static void Warn(ChatReply reply)
    {
        if (reply.Text.Length == 0 && reply.FinishReason == FinishReasons.Length)
        {
            AtlasCloudLog.Warning($"{reply.Model} used up its {reply.Usage?.OutputTokens} tokens before it said a word: hidden reasoning counts. Allow more with -MaxTokens.");
        }
        else if (reply.Text.Length == 0 && reply.FinishReason == FinishReasons.ContentFilter)
        {
            AtlasCloudLog.Warning($"The answer of {reply.Model} was withheld by moderation.");
        }
    }
}
