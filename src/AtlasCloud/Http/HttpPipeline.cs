using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace AtlasCloud.Http;

/// <summary>The one way to the service: every request passes here, gets its key here, and is repeated or not by one set of rules.</summary>
internal sealed class HttpPipeline : IDisposable
{
    /// <summary>More than any reply with media inside it: the limit for calls that such replies come to.</summary>
    internal const int LargestWithMedia = 256 * 1024 * 1024;

    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConnectionPool _connections;
    private readonly RequestGate _gate;
    private readonly ResiliencePipeline<HttpReply> _safe;
    private readonly ResiliencePipeline<HttpReply> _reached;
    private readonly ResiliencePipeline<HttpReply> _billable;

    internal HttpPipeline(AtlasCloudOptions options, HttpMessageHandler? handler, TimeProvider clock, Random random)
    {
        _options = options;
        _clock = clock;
        _connections = new ConnectionPool(options.Proxy, handler);
        _gate = new RequestGate(clock);
        _safe = RetryRules.ForFreeRequests(options.MaximumRetryCount, clock, random);
        _reached = RetryRules.ForReadsOfWhatIsReached(options.MaximumRetryCount, clock, random);
        _billable = RetryRules.ForBillableRequests(options.MaximumRetryCount, clock, random);
    }

    /// <summary>The key, for masking what is shown.</summary>
    internal string? Key => _options.ApiKey;

    internal Uri Media(string path) => new(_options.BaseUri, "api/v1/" + path);

    internal Uri Billing(string path) => new(_options.BaseUri, "public/v1/" + path);

    internal Uri Llm(string path) => new(_options.LlmBaseUri, path);

    /// <summary>Whether the key may be sent there.</summary>
    internal bool IsOurs(Uri address) => Origin.Same(address, _options.BaseUri) || Origin.Same(address, _options.LlmBaseUri);

    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="AtlasCloudException">No answer came: ConnectionFailed, RequestTimedOut, or NoSession where a key is missing.</exception>
    internal async Task<HttpReply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        return await RulesFor(call).ExecuteAsync(
            static async (s, token) => await s.Pipeline.TryAsync(s.Call, token).ConfigureAwait(false),
            (Pipeline: this, Call: call),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and gives the answer as soon as its head is there. An answer that is no success is read and given as a reply.</summary>
    internal async Task<(HttpResponseMessage? Stream, HttpReply? Refusal)> OpenAsync(Call call, CancellationToken cancellationToken)
    {
        HttpResponseMessage? stream = null;
        HttpReply reply = await RulesFor(call).ExecuteAsync(
            async token =>
            {
                (stream, HttpReply head) = await TryOpenAsync(call, token).ConfigureAwait(false);
                return head;
            },
            cancellationToken).ConfigureAwait(false);
        return stream is null ? (null, reply) : (stream, null);
    }

    public void Dispose() => _connections.Dispose();

    private ResiliencePipeline<HttpReply> RulesFor(Call call) => call.Repeat switch
    {
        Repeat.WhenSafe => _safe,
        Repeat.WhenReached => _reached,
        Repeat.WhenNotAccepted => _billable,
        _ => ResiliencePipeline<HttpReply>.Empty,
    };

    private async ValueTask<(HttpResponseMessage? Stream, HttpReply Head)> TryOpenAsync(Call call, CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken).ConfigureAwait(false);
        using Deadline deadline = new(call.Timeout ?? _options.RequestTimeout, _clock, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendOnceAsync(call, deadline.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return (response, new HttpReply(response.StatusCode, []));
            }

            HttpReply reply = await ReadAsync(response, call, deadline.Token).ConfigureAwait(false);
            response.Dispose();
            return (null, reply);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            throw TransportErrors.Translate(exception, call, deadline, Key, cancellationToken);
        }
    }

    private async ValueTask<HttpReply> TryAsync(Call call, CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        CancellationToken onTheWire = call.OnTheWire ?? cancellationToken;
        using Deadline deadline = new(call.Timeout ?? _options.RequestTimeout, _clock, onTheWire);
        try
        {
            using HttpResponseMessage response = await SendOnceAsync(call, deadline.Token, deadline).ConfigureAwait(false);
            return await ReadAsync(response, call, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw TransportErrors.Translate(exception, call, deadline, Key, onTheWire);
        }
    }

    // A wish for hours would stop the whole client: like a single repeat, it waits a minute at most and then asks again.
    private void CloseGate(HttpReply refusal)
    {
        TimeSpan wish = refusal.RetryAfter ?? TimeSpan.FromSeconds(1);
        _gate.Close(wish < RetryRules.LongestWait ? wish : RetryRules.LongestWait);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Call call, CancellationToken cancellationToken, Deadline? deadline = null)
    {
        using HttpRequestMessage request = Compose(call, deadline);
        if (Diagnostics.CurrentWantsBodies)
        {
            Diagnostics.Debug(await WireText.RequestAsync(request, Key, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            Diagnostics.Verbose($"{call.Method} {SafeText.Show(call.Address.PathAndQuery, Key, 200)}");
        }

        return await _connections.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Compose(Call call, Deadline? deadline)
    {
        HttpRequestMessage request = new(call.Method, call.Address) { Version = HttpVersion.Version11 };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(call.Accept));
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (!call.IsAnonymous && _options.ApiKey is string key && (call.NeedsKey || IsOurs(call.Address)))
        {
            // The last line of defence: whatever a caller passes, the key goes to our origins and nowhere else.
            if (IsOurs(call.Address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }
        }
        else if (call.NeedsKey && !call.IsAnonymous)
        {
            request.Dispose();
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, $"There is no API key to ask for {call.What} with. Nothing was sent.");
        }

        foreach ((string name, string value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (call.Content?.Invoke() is HttpContent content)
        {
            request.Content = call.Sending is null ? content : new ProgressContent(content, call.Sending, () => deadline?.StartAgain());
        }

        return request;
    }

    private async Task<HttpReply> ReadAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken)
    {
        byte[] content = await BoundedReader.ReadAsync(response.Content, call.LargestReply, cancellationToken).ConfigureAwait(false);
        string? requestId = response.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Show(ids.First(), Key, 100) : null;
        RetryConditionHeaderValue? wish = response.Headers.RetryAfter;
        TimeSpan? retryAfter = wish?.Delta ?? (wish?.Date is DateTimeOffset date ? date - _clock.GetUtcNow() : null);
        HttpReply reply = new(response.StatusCode, content, requestId, retryAfter is { Ticks: < 0 } ? TimeSpan.Zero : retryAfter, response.Headers.ETag?.ToString(), Key, response.Headers.Date);
        if (Diagnostics.CurrentWantsBodies)
        {
            Diagnostics.Debug(WireText.Reply(reply, Key));
        }

        if (reply.Status == HttpStatusCode.TooManyRequests)
        {
            CloseGate(reply);
        }

        return reply;
    }
}
