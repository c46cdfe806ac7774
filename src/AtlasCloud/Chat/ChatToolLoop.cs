using System.Runtime.CompilerServices;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Chat;

/// <summary>A chat request with the rounds that follow from it: tool calls, and one correction of a reply that does not match its schema.</summary>
internal sealed class ChatToolLoop(ChatExchange exchange, ChatRequest request, ChatProtocol protocol, ModelPrice? price, bool stream, Budget budget, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly List<ChatMessage> _messages = [.. request.Messages];
    private readonly List<ChatToolCall> _toolRuns = [];
    private int _round;
    private int _toolRounds;
    private bool _isCorrected;
    private bool _isCostKnown = true;
    private ChatUsage? _usage;
    private TimeSpan? _timeToFirstToken;
    private ChatReply? _last;
    private ChatReservation? _reservation;

    internal async IAsyncEnumerable<ChatChunk> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            _round++;
            ChatRequest current = request with { Messages = ToolCallRepair.Apply(_messages) };
            _reservation = Reserve(current);
            IAsyncEnumerator<ChatChunk> answer = exchange.SendAsync(current, stream, _round, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (answer.ConfigureAwait(false))
            {
                while (await NextAsync(answer).ConfigureAwait(false))
                {
                    if (answer.Current.Reply is ChatReply reply)
                    {
                        AddReply(reply);
                    }
                    else
                    {
                        yield return answer.Current;
                    }
                }
            }

            if (_last!.IsInterrupted)
            {
                break;
            }

            if (BeginToolRound())
            {
                foreach (ChatToolCall call in _last.ToolCalls)
                {
                    ChatToolCall run = await RunToolAsync(call, cancellationToken).ConfigureAwait(false);
                    yield return new ChatChunk { ToolRun = run, Round = _round };
                }

                continue;
            }

            if (IsComplete())
            {
                break;
            }
        }
        while (true);

        yield return new ChatChunk { FinishReason = _last.FinishReason, Usage = _last.Usage, Round = _round, Reply = _last };
    }

    private ChatReservation? Reserve(ChatRequest current)
    {
        try
        {
            return ChatReservation.Reserve(current, price, budget);
        }
        catch (AtlasCloudException exception) when (_last is not null)
        {
            throw ChatErrors.AfterRound(exception, _round, _last);
        }
    }

    // After the first round something has been charged and tools may have had effects: an error must not lose that.
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatChunk> answer)
    {
        try
        {
            return await answer.MoveNextAsync().ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            _reservation?.Fail(exception);
            if (_last is not null)
            {
                throw ChatErrors.AfterRound(exception, _round, _last);
            }

            throw;
        }
    }

    private void AddReply(ChatReply reply)
    {
        ChatToolCall[] calls = [.. reply.ToolCalls
            .Select(c => c with { Id = c.Id.Length > 0 ? c.Id : GeminiContents.NewCallId(), Name = ToolNames.Resolve(c.Name, request.Tools) })];
        reply = reply with { Usage = reply.Usage?.WithoutImpossibleZeros(HasContent(reply)) };
        AddCost(reply);
        _usage = ChatUsage.Add(_usage, reply.Usage);
        _isCostKnown &= reply.Usage is { InputTokens: not null, OutputTokens: not null } && !reply.IsInterrupted;
        _timeToFirstToken ??= reply.TimeToFirstToken;

        // A call that was cut cannot be continued; its text can.
        _messages.Add(new ChatMessage
        {
            Role = "assistant",
            Text = reply.Text,
            ToolCalls = reply.IsInterrupted ? [] : calls,
            ReasoningBlocks = calls.Length > 0 ? reply.ReasoningBlocks : [],
        });
        _last = WithTotals(reply with { ToolCalls = calls, Model = reply.Model ?? request.Model });
    }

    private static bool HasContent(ChatReply reply) => reply.Text.Length > 0 || reply.Reasoning is { Length: > 0 } || reply.ToolCalls.Count > 0;

    // A chat has no quote: its cost is counted once the answer has arrived. An interrupted answer can cost more than it reports.
    private void AddCost(ChatReply reply)
    {
        decimal? cost = reply.IsInterrupted && _reservation is not null ? null : ChatCost.Estimate(reply.Usage, price);
        _reservation?.Settle(cost);
        if (cost is decimal known)
        {
            budget.Add(known);
        }
        else if (budget.Limit is not null && _reservation is null)
        {
            string cause = price is null ? "the model has no published rates" : "the service returned no token usage";
            AtlasCloudLog.Warning($"The cost of a reply from {request.Model} is unknown, so it is not deducted from the budget: {cause}.");
        }
    }

    /// <summary>The reply with the totals of all rounds.</summary>
    private ChatReply WithTotals(ChatReply reply) => reply with
    {
        Protocol = protocol.Name,
        ToolRuns = [.. _toolRuns],
        Usage = _round == 1 ? reply.Usage : _usage,
        EstimatedCost = _isCostKnown ? ChatCost.Estimate(_usage, price) : null,
        Conversation = [.. _messages],
        Rounds = _round,
        TimeToFirstToken = _timeToFirstToken,
        Duration = clock.GetElapsedTime(_start),
    };

    /// <summary>Whether there are tool calls to run, within the limit of rounds.</summary>
    private bool BeginToolRound()
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

        string limit = _toolRounds == 1 ? "1 round" : $"{_toolRounds} rounds";
        AtlasCloudLog.Warning($"{request.Model} requested more tool calls, but the limit of {limit} is reached. The calls were not run, and the chat ended. To allow more rounds, raise the limit.");
        return false;
    }

    private async Task<ChatToolCall> RunToolAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = clock.GetTimestamp();
        ChatToolResult result = await ChatToolRunner.RunAsync(call, request, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        ChatToolCall run = call with { Result = result.Text, IsError = result.IsError, Duration = clock.GetElapsedTime(start) };
        _toolRuns.Add(run);
        _messages.Add(new ChatMessage { Role = "tool", ToolCallId = call.Id, Text = result.Text, IsError = result.IsError });
        _last = WithTotals(_last!);
        return run;
    }

    /// <summary>Whether no further request is needed. A reply that does not match its schema is corrected once.</summary>
    private bool IsComplete()
    {
        if (request.JsonSchema is null || _last!.ToolCalls.Count > 0)
        {
            WarnIfEmpty(_last!);
            return true;
        }

        (object? value, IReadOnlyList<ValidationError> errors) = StructuredReply.Read(_last.Text, request.JsonSchema);
        if (errors.Count == 0)
        {
            _last = _last with { Object = value };
            return true;
        }

        if (_isCorrected)
        {
            throw ChatErrors.SchemaMismatch(_last, errors);
        }

        _isCorrected = true;
        AtlasCloudLog.Verbose($"The reply of {request.Model} does not match the JSON schema; a correction is requested: {string.Join("; ", errors)}");
        _messages.Add(StructuredReply.CreateCorrection(errors));
        return false;
    }

    private static void WarnIfEmpty(ChatReply reply)
    {
        if (reply.Text.Length == 0 && reply.FinishReason == FinishReasons.Length)
        {
            AtlasCloudLog.Warning($"{reply.Model} used all of its {reply.Usage?.OutputTokens} output tokens, including hidden reasoning, before it wrote any text. Raise the limit on output tokens.");
        }
        else if (reply.Text.Length == 0 && reply.FinishReason == FinishReasons.ContentFilter)
        {
            AtlasCloudLog.Warning($"Moderation withheld the reply of {reply.Model}.");
        }
    }
}
