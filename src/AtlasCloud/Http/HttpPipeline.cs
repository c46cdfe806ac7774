using System.Net;
using System.Net.Http.Headers;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>The one way to the service: adds the key to every request and applies rate limits and retries.</summary>
internal sealed class HttpPipeline : IDisposable
{
    /// <summary>The limit for responses that can contain media.</summary>
    internal const int MaxMediaResponseBytes = 256 * 1024 * 1024;

    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly ClientProxy _proxy;
    private readonly ConnectionPool _connections;
    private readonly RateLimitGate _gate;
    private readonly RetryPipelines _retries;

    internal HttpPipeline(AtlasCloudOptions options, HttpMessageHandler? handler, TimeProvider clock, Random random)
    {
        _options = options;
        _clock = clock;
        _proxy = new ClientProxy(options);
        _connections = new ConnectionPool(_proxy, handler);
        ServiceClock = new ServiceClock(clock);
        _gate = new RateLimitGate(clock);
        _retries = new RetryPipelines(options.MaximumRetryCount, clock, random);
    }

    /// <summary>The API key, for redaction.</summary>
    internal TimeSpan RequestTimeout => _options.RequestTimeout;

    internal string? Key => _options.ApiKey;

    /// <summary>The service's time.</summary>
    internal ServiceClock ServiceClock { get; }

    internal Uri Media(string path) => new(_options.BaseUri, "api/v1/" + path);

    internal Uri Billing(string path) => new(_options.BaseUri, "public/v1/" + path);

    internal Uri Assets(string path) => new(_options.AssetBaseUri, "api/v1/" + path);

    internal Uri Llm(string path) => new(_options.LlmBaseUri, path);

    /// <summary>Whether the key may be sent to an address.</summary>
    internal bool IsOurs(Uri address) =>
        Origin.IsSame(address, _options.BaseUri) || Origin.IsSame(address, _options.LlmBaseUri) || Origin.IsSame(address, _options.AssetBaseUri);

    /// <summary>Sends a request and reads the whole response, whatever its status.</summary>
    /// <exception cref="AtlasCloudException">ConnectionFailed, RequestTimedOut: no response came. NoSession: the key is missing.</exception>
    internal Task<ApiResponse> SendAsync(ApiCall call, CancellationToken cancellationToken) =>

        // The state is one object, as for downloads, so that both run the same compiled code.
        _retries.For(call.RetryPolicy).ExecuteAsync(TryAsync, call, cancellationToken).AsTask();

    /// <summary>Sends a request and returns the response once its headers are there. A response that is not an event stream is read completely.</summary>
    internal async Task<(HttpResponseMessage? Stream, ApiResponse? Refusal)> OpenAsync(ApiCall call, CancellationToken cancellationToken)
    {
        HttpResponseMessage? stream = null;
        ApiResponse reply = await _retries.For(call.RetryPolicy).ExecuteAsync(
            async token =>
            {
                (stream, ApiResponse head) = await TryOpenAsync(call, token).ConfigureAwait(false);
                return head;
            },
            cancellationToken).ConfigureAwait(false);
        return stream is null ? (null, reply) : (stream, null);
    }

    public void Dispose() => _connections.Dispose();

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
            ApiResponse reply = await ReadAsync(response, call, deadline.Token).ConfigureAwait(false);
            call.AttemptEnded?.Invoke(reply, null);
            return reply;
        }
        catch (Exception exception)
        {
            Exception translated = TransportErrors.Translate(exception, call, deadline, Key, onTheWire);
            call.AttemptEnded?.Invoke(null, translated);
            throw translated;
        }
    }

    // A Retry-After of hours would stop the whole client, so the gate closes for at most as long as a single retry waits.
    private void CloseGate(ApiResponse refusal)
    {
        TimeSpan requested = refusal.RetryAfter ?? TimeSpan.FromSeconds(1);
        _gate.Close(requested < RetryRules.MaxDelay ? requested : RetryRules.MaxDelay);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiCall call, CancellationToken cancellationToken, Deadline? deadline = null)
    {
        using HttpRequestMessage request = Compose(call, deadline);
        if (AtlasCloudLog.IncludesBodies)
        {
            AtlasCloudLog.Debug(await WireLog.FormatRequestAsync(request, Key, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            AtlasCloudLog.Verbose($"{call.Method} {SafeText.Sanitize(call.Address.PathAndQuery, Key, 200)}");
        }

        HttpResponseMessage response = await _connections.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A proxy answers an http request itself. For https it refuses the tunnel, which is an exception.
        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && call.Address.Scheme == Uri.UriSchemeHttp && _proxy.Find(call.Address) is not null)
        {
            response.Dispose();
            throw ProxyErrors.AuthenticationRequired(AtlasCloudErrorKind.ConnectionFailed, call.Description);
        }

        return response;
    }

    private HttpRequestMessage Compose(ApiCall call, Deadline? deadline)
    {
        if (!call.IsAnonymous && _options.HasApiKey && IsOurs(call.Address))
        {
            _proxy.EnsureKeyIsSafe(call.Address);
        }

        HttpRequestMessage request = new(call.Method, call.Address) { Version = HttpVersion.Version11 };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(call.Accept));
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (!call.IsAnonymous && _options.ApiKey is string key && (call.NeedsKey || IsOurs(call.Address)))
        {
            // The last check: whatever address a caller passes, the key goes to the service's own origins only.
            if (IsOurs(call.Address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }
        }
        else if (call.NeedsKey && !call.IsAnonymous)
        {
            request.Dispose();
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, $"Requesting {call.Description} needs an API key and there is none. Nothing was sent.");
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
        content = KeyMasker.Mask(content, _options.OtherKey);
        string? requestId = response.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? SafeText.Sanitize(ids.First(), Key, 100) : null;
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? retryAfter = header?.Delta ?? (header?.Date is DateTimeOffset date ? date - _clock.GetUtcNow() : null);
        ApiResponse reply = new(response.StatusCode, content, requestId, retryAfter is { Ticks: < 0 } ? TimeSpan.Zero : retryAfter, response.Headers.ETag?.ToString(), Key, response.Headers.Date)
        {
            Location = response.Headers.TryGetValues("Location", out IEnumerable<string>? locations) ? KeyMasker.Mask(locations.First(), Key) : null,
            RequiredScope = AccessToken.FindScope(response.Headers.WwwAuthenticate, Key),
        };
        reply.IsNotRefused = call.IsRefusal?.Invoke(reply) == false;
        if (IsOurs(call.Address))
        {
            ServiceClock.Observe(reply.Date);
        }

        if (AtlasCloudLog.IncludesBodies)
        {
            AtlasCloudLog.Debug(WireLog.FormatResponse(reply, Key, hidesBody: call.HasSecretResponse));
        }

        if (reply.Status == HttpStatusCode.TooManyRequests)
        {
            CloseGate(reply);
        }

        return reply;
    }
}
