using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Models;

/// <summary>
/// One document of the service, kept in memory and on disk. Young, it is used as it is; stale, it is used at once and read anew
/// beside that; old, it is read anew first, and used all the same where the service cannot be had.
/// </summary>
/// <param name="call">Asks for it.</param>
/// <param name="name">Its file in the cache.</param>
/// <param name="accept">Takes the document out of the answer: null where the service has none; throws where the answer is a failure.</param>
/// <param name="read">Understands the document; null where it says nothing. It must hold on to no part of it.</param>
/// <param name="http">The way to the service.</param>
/// <param name="cache">The folder of the service on disk.</param>
/// <param name="background">Reads beside what the client does; one for all documents.</param>
/// <param name="clock">The clock that ages are measured with.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class CachedDocument<T>(
    ApiCall call, string name, Func<ApiResponse, JsonElement?> accept, Func<JsonElement, T?> read,
    HttpPipeline http, DocumentCache cache, BackgroundRefresh background, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan s_young = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_old = TimeSpan.FromDays(1);

    // How long a failure keeps us from trying again while there is something to go on with.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    // With a copy at hand nobody shall wait the full time of a request for a better one.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _source = call.Address.AbsoluteUri;
    private CacheEntry<T>? _kept;
    private DateTime? _stamp;
    private (AtlasCloudException Exception, long At)? _failure;

    /// <summary>Why the service could not be had lately; null where it could, or was not asked.</summary>
    internal AtlasCloudException? Failure => _failure is var (exception, at) && clock.GetElapsedTime(at) < s_pause ? exception : null;

    internal bool IsYoung(CacheEntry<T>? kept) => kept is not null && AgeOf(kept) < s_young;

    internal bool IsOld(CacheEntry<T> kept) => AgeOf(kept) >= s_old;

    /// <summary>How long ago the service said this. A time in the future comes from a clock that was wrong, and counts as long ago.</summary>
    internal TimeSpan AgeOf(CacheEntry<T> kept)
    {
        TimeSpan age = clock.GetUtcNow() - kept.ReadAt;
        return age < -s_pause ? TimeSpan.MaxValue : age;
    }

    /// <summary>The document as memory or disk have it; null where neither does. Asks nobody.</summary>
    internal CacheEntry<T>? Peek()
    {
        lock (_lock)
        {
            // Another process may have read it anew.
            if (!IsYoung(_kept) && cache.StampOf(name) is DateTime stamp && stamp != _stamp)
            {
                _stamp = stamp;
                if (cache.Read(name, _source, read) is CacheEntry<T> stored && !(_kept?.ReadAt >= stored.ReadAt))
                {
                    _kept = stored;
                }
            }

            return _kept;
        }
    }

    /// <summary>The document by the rules of its age.</summary>
    /// <param name="refresh">Ask the service, whatever there is. A failure is then one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AtlasCloudException">The service cannot be had, and there is no copy.</exception>
    internal async Task<CacheEntry<T>> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (!refresh && Usable() is CacheEntry<T> usable)
        {
            return usable;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Who waited for its turn finds it done.
            if (!refresh && Usable() is CacheEntry<T> done)
            {
                return done;
            }

            CacheEntry<T>? before = Peek();
            try
            {
                return refresh || before is null
                    ? await AskAsync(before, call, cancellationToken).ConfigureAwait(false)
                    : await AskAsync(before, call with { RetryPolicy = RetryPolicy.Never, Timeout = s_patience }, cancellationToken).ConfigureAwait(false);
            }
            catch (AtlasCloudException) when (!refresh && before is not null)
            {
                return before;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads it anew beside what the client does, unless it is young, or being read, or could not be had a moment ago.</summary>
    internal void RefreshSoon()
    {
        if (Failure is null && !IsYoung(Peek()))
        {
            background.Start(async stopping =>
            {
                if (cache.TryTakeTurn(name, out IDisposable? turn))
                {
                    using (turn)
                    {
                        if (Peek() is var before && !IsYoung(before))
                        {
                            await AskAsync(before, call with { RetryPolicy = RetryPolicy.Never, Timeout = s_patience }, stopping).ConfigureAwait(false);
                        }
                    }
                }
            });
        }
    }

    private CacheEntry<T>? Usable()
    {
        // Once the client is disposed nothing refreshes a stale copy in the background, so it is refreshed first, like an old one.
        if (Peek() is not CacheEntry<T> kept || ((IsOld(kept) || (background.IsClosed && !IsYoung(kept))) && Failure is null))
        {
            return null;
        }

        RefreshSoon();
        return kept;
    }

    private async Task<CacheEntry<T>> AskAsync(CacheEntry<T>? before, ApiCall how, CancellationToken cancellationToken)
    {
        try
        {
            ApiResponse reply = await http.SendAsync(
                before?.ETag is string tag ? how with { Headers = [new("If-None-Match", tag)] } : how, cancellationToken).ConfigureAwait(false);
            CacheEntry<T> now;
            if (reply.Status == HttpStatusCode.NotModified && before?.ETag is not null)
            {
                now = before with { ReadAt = clock.GetUtcNow() };
                cache.Renew(name, _source, now.ReadAt);
            }
            else
            {
                JsonElement? document = accept(reply);
                T? value = document is JsonElement inside ? read(inside) : null;
                now = new CacheEntry<T>(value, clock.GetUtcNow(), reply.ETag);
                cache.Write(name, new CacheFile(_source, now.ReadAt, now.ETag, value is null ? null : document));
            }

            lock (_lock)
            {
                _kept = now;
                _stamp = cache.StampOf(name);
                _failure = null;
            }

            return now;
        }
        catch (AtlasCloudException exception)
        {
            _failure = (exception, clock.GetTimestamp());
            throw;
        }
    }
}
