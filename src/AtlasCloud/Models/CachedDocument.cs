using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Models;

/// <summary>
/// A document of the service, cached in memory and on disk. A fresh copy is used as it is. A stale copy is used immediately and refreshed in the
/// background. An expired copy is refreshed first, and used only if the service is unavailable.
/// </summary>
/// <param name="call">The request for the document.</param>
/// <param name="name">The file in the cache.</param>
/// <param name="accept">Returns the document in a response, or null if the service has none; throws if the request failed.</param>
/// <param name="read">Parses the document; returns null if it is unusable. It must not keep references into the document.</param>
/// <param name="http">Sends the request.</param>
/// <param name="cache">The cache on disk.</param>
/// <param name="background">Refreshes in the background; shared by all documents.</param>
/// <param name="clock">The clock to measure ages with.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class CachedDocument<T>(
    ApiCall call, string name, Func<ApiResponse, JsonElement?> accept, Func<JsonElement, T?> read,
    HttpPipeline http, CacheFolder cache, BackgroundRefresh background, TimeProvider clock)
    where T : class
{
    // Shorter than the timeout of other requests, since there is a copy to fall back to.
    private static readonly TimeSpan s_refreshTimeout = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly CacheFreshness _freshness = new(clock);
    private readonly string _source = call.Address.AbsoluteUri;
    private readonly ApiCall _refresh = call with { RetryPolicy = RetryPolicy.Never, Timeout = s_refreshTimeout };
    private CacheEntry<T>? _entry;
    private DateTime? _fileTime;
    private (AtlasCloudException Exception, long Timestamp)? _failure;

    /// <summary>The failure of a request within the last minute; null if there was none or a later request succeeded.</summary>
    internal AtlasCloudException? RecentFailure =>
        _failure is var (exception, timestamp) && _freshness.IsRecentFailure(timestamp) ? exception : null;

    /// <inheritdoc cref="CacheFreshness.IsFresh"/>
    internal bool IsFresh(CacheEntry<T>? entry) => entry is not null && _freshness.IsFresh(entry.ReadAt);

    /// <inheritdoc cref="CacheFreshness.IsExpired"/>
    internal bool IsExpired(CacheEntry<T> entry) => _freshness.IsExpired(entry.ReadAt);

    /// <inheritdoc cref="CacheFreshness.GetAge"/>
    internal TimeSpan GetAge(CacheEntry<T> entry) => _freshness.GetAge(entry.ReadAt);

    /// <summary>Returns the copy in memory or on disk; null if there is none. Sends no request.</summary>
    internal CacheEntry<T>? Peek()
    {
        lock (_lock)
        {
            // Another process may have refreshed the file.
            if (!IsFresh(_entry) && cache.GetTimestamp(name) is DateTime fileTime && fileTime != _fileTime)
            {
                _fileTime = fileTime;
                if (cache.Read(name, _source, read) is CacheEntry<T> stored && !(_entry?.ReadAt >= stored.ReadAt))
                {
                    _entry = stored;
                }
            }

            return _entry;
        }
    }

    /// <summary>Returns the document, by the rules for its age.</summary>
    /// <param name="refresh">True to request it even if the copy is fresh; a failure is then not hidden by the copy.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">The request failed and there is no copy.</exception>
    internal async Task<CacheEntry<T>> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (!refresh && GetUsable() is CacheEntry<T> usable)
        {
            return usable;
        }

        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another caller may have refreshed it during the wait.
            if (!refresh && GetUsable() is CacheEntry<T> refreshed)
            {
                return refreshed;
            }

            CacheEntry<T>? previous = Peek();
            try
            {
                return await RequestAsync(previous, refresh || previous is null ? call : _refresh, cancellationToken).ConfigureAwait(false);
            }
            catch (AtlasCloudException) when (!refresh && previous is not null)
            {
                return previous;
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Starts a refresh in the background, unless the copy is fresh, is being refreshed, or could not be refreshed within the last minute.</summary>
    internal void QueueRefresh()
    {
        if (NeedsRefresh)
        {
            background.Start(RefreshAsync);
        }
    }

    /// <summary>Does what <see cref="QueueRefresh"/> does, as a part of other background work.</summary>
    /// <exception cref="AtlasCloudException">The request failed.</exception>
    internal async Task RefreshAsync(CancellationToken closing)
    {
        await _refreshing.WaitAsync(closing).ConfigureAwait(false);
        try
        {
            if (NeedsRefresh && cache.TryAcquireRefreshLock(name, out IDisposable? refreshLock))
            {
                using (refreshLock)
                {
                    if (Peek() is var previous && !IsFresh(previous))
                    {
                        await RequestAsync(previous, _refresh, closing).ConfigureAwait(false);
                    }
                }
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private bool NeedsRefresh => RecentFailure is null && !IsFresh(Peek());

    private CacheEntry<T>? GetUsable()
    {
        // Once the client is disposed, no background refresh starts, so a stale copy is refreshed first, like an expired one.
        if (Peek() is not CacheEntry<T> entry || ((IsExpired(entry) || (background.IsClosed && !IsFresh(entry))) && RecentFailure is null))
        {
            return null;
        }

        QueueRefresh();
        return entry;
    }

    private async Task<CacheEntry<T>> RequestAsync(CacheEntry<T>? previous, ApiCall request, CancellationToken cancellationToken)
    {
        try
        {
            ApiResponse response = await http.SendAsync(
                previous?.ETag is string tag ? request with { Headers = [new("If-None-Match", tag)] } : request, cancellationToken).ConfigureAwait(false);
            CacheEntry<T> current;
            if (response.Status == HttpStatusCode.NotModified && previous?.ETag is not null)
            {
                current = previous with { ReadAt = clock.GetUtcNow() };
                cache.UpdateReadTime(name, _source, current.ReadAt);
            }
            else
            {
                JsonElement? document = accept(response);
                T? value = document is JsonElement found ? read(found) : null;
                current = new CacheEntry<T>(value, clock.GetUtcNow(), response.ETag);
                cache.Write(name, new CacheFile(_source, current.ReadAt, current.ETag, value is null ? null : document));
            }

            lock (_lock)
            {
                _entry = current;
                _fileTime = cache.GetTimestamp(name);
                _failure = null;
            }

            return current;
        }
        catch (AtlasCloudException exception)
        {
            _failure = (exception, clock.GetTimestamp());
            throw;
        }
    }
}
