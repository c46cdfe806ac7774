using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The events of a streamed answer, and the reason if they end too early. What came before is never lost.</summary>
internal sealed class ChatStream(IAsyncEnumerable<string> events, Deadline idle, string what, string? key, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const string EndMark = "[DONE]";

    private readonly IAsyncEnumerator<string> _events = events.GetAsyncEnumerator(CancellationToken.None);

    private bool _isForeign;

    /// <summary>Why it ended too early; null where it did not.</summary>
    internal AtlasCloudException? Interruption { get; private set; }

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="AtlasCloudException">It failed before anything of the answer had come.</exception>
    internal async Task<JsonElement?> NextAsync(ChatAccumulator answer)
    {
        try
        {
            while (await _events.MoveNextAsync().ConfigureAwait(false))
            {
                if (_events.Current.Trim() == EndMark)
                {
                    return End(answer);
                }

                if (Parse(_events.Current) is not JsonElement root)
                {
                    continue;
                }

                if (FailureIn(root) is string words)
                {
                    return Break(answer, $"the service reported \"{words}\"", null, words);
                }

                _isForeign |= root.Member("choices") is null;
                return root;
            }

            return End(answer);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string why = idle.Passed ? $"nothing arrived for {idle.Limit.TotalSeconds:0.#} s" : "the connection broke";
            return Break(answer, why, exception, null);
        }
    }

    public async ValueTask DisposeAsync() => await _events.DisposeAsync().ConfigureAwait(false);

    private JsonElement? End(ChatAccumulator answer) =>
        answer.IsFinished ? null : Break(answer, "the stream ended without saying that the answer is complete", null, null);

    private JsonElement? Break(ChatAccumulator answer, string why, Exception? inner, string? words)
    {
        // After the finishing piece only the token count can be missing: the answer is whole.
        if (answer.IsFinished)
        {
            return null;
        }

        if (!answer.HasAnything && words is null && inner is null && _isForeign)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The stream with {what} speaks another protocol than chat completions.")
            {
                RecommendedAction = "Choose a model that is reached by openai.chat.completions: Get-AtlasModel shows its protocols.",
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

    private string? FailureIn(JsonElement root) =>
        root.Member("choices") is null && (root.Member("error") is not null || ReplyEnvelope.FailureCode(root) is not null)
            ? SafeText.Show(ReplyErrors.ErrorWords(root) ?? "an error without words", key)
            : null;

    private static JsonElement? Parse(string data)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Diagnostics.Verbose("An event of the stream is not JSON and was left out.");
            return null;
        }
    }
}
