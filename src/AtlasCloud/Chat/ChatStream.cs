using System.Text.Json;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>The events of a streamed answer, and the reason if they end too early. What arrived before is never lost.</summary>
internal sealed class ChatStream(
    IAsyncEnumerable<ChatStreamItem> items, ChatProtocol protocol, Deadline idle, string description, string? key, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatStreamItem> _items = items.GetAsyncEnumerator(CancellationToken.None);

    private bool _hasForeignEvents;
    private bool _isOver;

    /// <summary>Why it ended too early; null if it did not.</summary>
    internal AtlasCloudException? Interruption { get; private set; }

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="AtlasCloudException">It failed before any part of the answer had arrived.</exception>
    internal async ValueTask<ChatEvent?> NextAsync(ChatAccumulator answer)
    {
        try
        {
            while (!_isOver && await _items.MoveNextAsync().ConfigureAwait(false) && !_items.Current.IsEndMarker)
            {
                if (_items.Current.Event is ChatEvent plain)
                {
                    return plain;
                }

                if (_items.Current.Json is not JsonElement root)
                {
                    AtlasCloudLog.Verbose("An event of the stream is not JSON and is ignored.");
                    continue;
                }

                ChatEvent? read = protocol.ReadEvent(root);
                if ((read is null ? FailureIn(root) : read.Failure) is string failure)
                {
                    return Break(answer, ChatErrors.StreamFailed(description, SafeText.Sanitize(failure, key), answer.HasStarted));
                }

                _hasForeignEvents |= read is null;
                if (read is not null)
                {
                    _isOver = read.IsLast;
                    return read;
                }
            }

            return Break(answer, _hasForeignEvents && !answer.HasStarted
                ? ChatErrors.StreamOfOtherProtocol(description, protocol)
                : ChatErrors.StreamInterrupted(description, "the stream ended before the reply was complete", answer.HasStarted));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string cause = exception is EventLimitException ? exception.Message
                : idle.HasExpired ? $"nothing arrived for {DurationText.InSeconds(idle.Limit)}" : "the connection broke";
            return Break(answer, ChatErrors.StreamInterrupted(description, cause, answer.HasStarted, exception));
        }
    }

    public async ValueTask DisposeAsync() => await _items.DisposeAsync().ConfigureAwait(false);

    private ChatEvent? Break(ChatAccumulator answer, AtlasCloudException interruption)
    {
        // After the finishing event only the token count can be missing: the answer is complete.
        if (!answer.IsFinished)
        {
            Interruption = answer.HasStarted ? interruption : throw interruption;
        }

        return null;
    }

    // An event that is not of the protocol can still be the service's way to report a failure.
    private static string? FailureIn(JsonElement root) =>
        root.Member("error") is not null || root.Text("type") == "error" || ResponseEnvelope.FailureCode(root) is not null
            ? ResponseErrors.FindErrorMessage(root) ?? "an error without a message"
            : null;
}
