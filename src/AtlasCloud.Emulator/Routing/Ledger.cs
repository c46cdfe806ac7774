using System.Text;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Records all requests in the order of arrival.</summary>
internal sealed class Ledger
{
    private const int MaximumBodyBytes = 64 * 1024;

    private readonly object _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly Authentication _authentication;
    private readonly TimeProvider _clock;
    private int _generation;

    internal Ledger(Authentication authentication, TimeProvider clock) => (_authentication, _clock) = (authentication, clock);

    internal IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                // An array, because the list type that the compiler generates has no indexer that a script can use.
                return _entries.ToArray();
            }
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _generation++;
        }
    }

    /// <summary>Records an arriving request. Returns the entry ID for <see cref="Update"/>.</summary>
    internal (int Generation, int Index) Add(Request request, string requestId, Caller caller)
    {
        string target = request.Head.Target;
        if (request.Query["key"] is { Length: > 0 } key)
        {
            target = target.Replace(key, "***", StringComparison.Ordinal);
        }

        lock (_lock)
        {
            _entries.Add(new LedgerEntry
            {
                Number = _entries.Count + 1,
                Time = _clock.GetUtcNow(),
                Method = request.Method,
                Path = _authentication.Mask(target),
                Authorized = caller.Account is not null || caller.IsManagement,
                Account = caller.Account,
                ApiKeyId = caller.ApiKeyId,
                IsManagement = caller.IsManagement,
                AuthorizationPresent = request.Headers.Contains("Authorization"),
                UserAgent = request.Headers["User-Agent"],
                Range = request.Headers["Range"],
                HasReferer = request.Headers.Contains("Referer"),
                ContentType = request.Headers["Content-Type"],
                RequestId = requestId,
            });
            return (_generation, _entries.Count - 1);
        }
    }

    /// <summary>Marks the response as completely sent.</summary>
    internal void MarkDelivered((int Generation, int Index) entryId)
    {
        lock (_lock)
        {
            if (entryId.Generation == _generation)
            {
                _entries[entryId.Index] = _entries[entryId.Index] with { IsAnswered = true };
            }
        }
    }

    /// <summary>Adds the outcome of a request. Called before the response is sent, so that a client that has the response finds it here.</summary>
    internal void Update((int Generation, int Index) entryId, RequestContext context, int status, ScenarioMatch? match)
    {
        string? body = context.BodyBytes is { Length: > 0 and <= MaximumBodyBytes } bytes && context.Body is not null
            ? _authentication.Mask(Encoding.UTF8.GetString(bytes))
            : null;
        lock (_lock)
        {
            if (entryId.Generation != _generation)
            {
                return;
            }

            _entries[entryId.Index] = _entries[entryId.Index] with
            {
                BodyLength = context.Request.Body.BytesRead,
                Body = body,
                FileLength = context.FileLength,
                FileSha256 = context.FileSha256,
                Status = status,
                PredictionId = context.PredictionId,
                ScenarioRule = match?.RuleNumber,
                Fault = match?.Rule.FaultName,
            };
        }
    }
}
