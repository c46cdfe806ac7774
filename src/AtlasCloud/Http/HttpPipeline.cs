using System.Net;
using System.Net.Http.Headers;
using AtlasCloud.Text;
using Polly;

namespace AtlasCloud.Http;

/// <summary>The one way to the service: every request passes here, gets its key here, and is repeated or not by one set of rules.</summary>
internal sealed class HttpPipeline : IDisposable
{
    /// <summary>More than any reply with media inside it: the limit for calls that such replies come to.</summary>
    internal const int MaxMediaResponseBytes = 256 * 1024 * 1024;

    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConnectionPool _connections;
    private readonly RateLimitGate _gate;
    private readonly ResiliencePipeline<ApiResponse> _safe;
    private readonly ResiliencePipeline<ApiResponse> _reached;
    private readonly ResiliencePipeline<ApiResponse> _billable;

    internal HttpPipeline(AtlasCloudOptions options, HttpMessageHandler? handler, TimeProvider clock, Random random)
    {
        _options = options;
        _clock = clock;
        _connections = new ConnectionPool(options.Proxy, handler);
        _gate = new RateLimitGate(clock);
        _safe = RetryPipelines.For(RetryPolicy.Idempotent, options.MaximumRetryCount, clock, random);
        _reached = RetryPipelines.For(RetryPolicy.IdempotentIfReachable, options.MaximumRetryCount, clock, random);
        _billable = RetryPipelines.For(RetryPolicy.OnlyIfNotAccepted, options.MaximumRetryCount, clock, random);
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
    internal async Task<ApiResponse> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        return await RulesFor(call).ExecuteAsync(
            static async (s, token) => await s.Pipeline.TryAsync(s.Call, token).ConfigureAwait(false),
            (Pipeline: this, Call: call),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and gives the answer as soon as its head is there. An answer that is no success is read and given as a reply.</summary>
    internal async Task<(HttpResponseMessage? Stream, ApiResponse? Refusal)> OpenAsync(ApiCall call, CancellationToken cancellationToken)
    {
        HttpResponseMessage? stream = null;
        ApiResponse reply = await RulesFor(call).ExecuteAsync(
            async token =>
            {
                (stream, ApiResponse head) = await TryOpenAsync(call, token).ConfigureAwait(false);
                return head;
            },
            cancellationToken).ConfigureAwait(false);
        return stream is null ? (null, reply) : (stream, null);
    }

    public void Dispose() => _connections.Dispose();

    private ResiliencePipeline<ApiResponse> RulesFor(ApiCall call) => call.RetryPolicy switch
    {
        RetryPolicy.Idempotent => _safe,
        RetryPolicy.IdempotentIfReachable => _reached,
        RetryPolicy.OnlyIfNotAccepted => _billable,
        _ => ResiliencePipeline<ApiResponse>.Empty,
    };

    private async ValueTask<(HttpResponseMessage? Stream, ApiResponse Head)> TryOpenAsync(ApiCall call, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        using Deadline deadline = new(call.Timeout ?? _options.RequestTimeout, _clock, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendOnceAsync(call, deadline.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return (response, new ApiResponse(response.StatusCode, []));
            }

            ApiResponse reply = await ReadAsync(response, call, deadline.Token).ConfigureAwait(false);
            response.Dispose();
            return (null, reply);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            throw TransportErrors.Translate(exception, call, deadline, Key, cancellationToken);
        }
    }

    private async ValueTask<ApiResponse> TryAsync(ApiCall call, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        CancellationToken onTheWire = call.InFlightToken ?? cancellationToken;
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
    private void CloseGate(ApiResponse refusal)
    {
        TimeSpan wish = refusal.RetryAfter ?? TimeSpan.FromSeconds(1);
        _gate.Close(wish < RetryPipelines.MaxDelay ? wish : RetryPipelines.MaxDelay);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiCall call, CancellationToken cancellationToken, Deadline? deadline = null)
    {
        using HttpRequestMessage request = Compose(call, deadline);
        if (AtlasCloudLog.IncludesBodies)
        {
            AtlasCloudLog.Debug(await WireLog.RequestAsync(request, Key, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            AtlasCloudLog.Verbose($"{call.Method} {SafeText.Sanitize(call.Address.PathAndQuery, Key, 200)}");
        }

        return await _connections.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Compose(ApiCall call, Deadline? deadline)
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
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, $"There is no API key to ask for {call.Description} with. Nothing was sent.");
        }

        foreach ((string name, string value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (call.Content?.Invoke() is HttpContent content)
        {
            request.Content = call.Sending is null ? content : new ProgressContent(content, call.Sending, () => deadline?.Restart());
        }

        return request;
    }

    private async Task<ApiResponse> ReadAsync(HttpResponseMessage response, ApiCall call, CancellationToken cancellationToken)
    {
        byte[] content = await BoundedReader.ReadAsync(response.Content, call.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
        string? requestId = response.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Sanitize(ids.First(), Key, 100) : null;
        RetryConditionHeaderValue? wish = response.Headers.RetryAfter;
        TimeSpan? retryAfter = wish?.Delta ?? (wish?.Date is DateTimeOffset date ? date - _clock.GetUtcNow() : null);
        ApiResponse reply = new(response.StatusCode, content, requestId, retryAfter is { Ticks: < 0 } ? TimeSpan.Zero : retryAfter, response.Headers.ETag?.ToString(), Key, response.Headers.Date);
        if (AtlasCloudLog.IncludesBodies)
        {
            AtlasCloudLog.Debug(WireLog.Reply(reply, Key));
        }

        if (reply.Status == HttpStatusCode.TooManyRequests)
        {
            CloseGate(reply);
        }

        return reply;
    }
}
