using System.Text.Json;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>The events of a streamed answer, and the reason if they end too early. What came before is never lost.</summary>
internal sealed class ChatStream(
    IAsyncEnumerable<string> events, ChatProtocol protocol, Deadline idle, string what, string? key, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const string EndMark = "[DONE]";

    private readonly IAsyncEnumerator<string> _events = events.GetAsyncEnumerator(CancellationToken.None);

    private bool _isForeign;
    private bool _isOver;

    /// <summary>Why it ended too early; null where it did not.</summary>
    internal AtlasCloudException? Interruption { get; private set; }

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="AtlasCloudException">It failed before anything of the answer had come.</exception>
    internal async Task<ChatEvent?> NextAsync(ChatAccumulator answer)
    {
        try
        {
            while (!_isOver && await _events.MoveNextAsync().ConfigureAwait(false))
            {
                if (_events.Current.AsSpan().Trim().SequenceEqual(EndMark))
                {
                    break;
                }

                if (Parse(_events.Current) is not JsonElement root)
                {
                    continue;
                }

                ChatEvent? read = protocol.ReadEvent(root);
                if ((read is null ? FailureIn(root) : read.Failure) is string failure)
                {
                    string words = SafeText.Sanitize(failure, key);
                    return Break(answer, $"the service reported \"{words}\"", null, words);
                }

                _isForeign |= read is null;
                if (read is not null)
                {
                    _isOver = read.IsLast;
                    return read;
                }
            }

            return End(answer);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string why = exception is EventLimitException ? exception.Message
                : idle.HasExpired ? $"nothing arrived for {idle.Limit.TotalSeconds:0.#} s" : "the connection broke";
            return Break(answer, why, exception, null);
        }
    }

    public async ValueTask DisposeAsync() => await _events.DisposeAsync().ConfigureAwait(false);

    private ChatEvent? End(ChatAccumulator answer) =>
        answer.IsFinished ? null : Break(answer, "the stream ended without saying that the answer is complete", null, null);

    private ChatEvent? Break(ChatAccumulator answer, string why, Exception? inner, string? words)
    {
        // After the finishing piece only the token count can be missing: the answer is whole.
        if (answer.IsFinished)
        {
            return null;
        }

        if (!answer.HasAnything && words is null && inner is null && _isForeign)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The stream with {what} speaks another protocol than {protocol.Name}.")
            {
                RecommendedAction = "Leave -Protocol out, or choose another model: Get-AtlasModel shows by which protocols it is reached.",
            };
        }

        string rest = answer.HasAnything
            ? "What had arrived is in the reply; it may have been charged and is not asked for again."
            : "Nothing of the answer had arrived; it may have been charged and is not asked for again.";
        AtlasCloudException interruption = new(
            words is not null && !answer.HasAnything ? AtlasCloudErrorKind.ServiceUnavailable : AtlasCloudErrorKind.StreamInterrupted,
            $"The stream with {what} was interrupted: {why}. {rest}",
            inner)
        {
            ServerMessage = words,
        };
        if (!answer.HasAnything)
        {
            throw interruption;
        }

        Interruption = interruption;
        return null;
    }

    // An event that is none of the protocol can still be the service's own way to say that it failed.
    private static string? FailureIn(JsonElement root) =>
        root.Member("error") is not null || root.Text("type") == "error" || ResponseEnvelope.FailureCode(root) is not null
            ? ResponseErrors.FindErrorMessage(root) ?? "an error without words"
            : null;

    private static JsonElement? Parse(string data)
    {
        JsonElement? root = JsonText.Parse(data);
        if (root is null)
        {
            AtlasCloudLog.Verbose("An event of the stream is not JSON and was left out.");
        }

        return root;
    }
}
