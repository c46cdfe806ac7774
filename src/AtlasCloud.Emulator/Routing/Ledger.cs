using System.Text;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Every request in the order of arrival.</summary>
internal sealed class Ledger
{
    private const int MaximumBody = 64 * 1024;

    private readonly object _gate = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly Authentication _authentication;
    private readonly TimeProvider _clock;
    private int _generation;

    internal Ledger(Authentication authentication, TimeProvider clock) => (_authentication, _clock) = (authentication, clock);

    internal IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                // An array: a list of the compiler has no indexer that a script could see.
                return _entries.ToArray();
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _generation++;
        }
    }

    /// <summary>Writes a request down as it arrives. The place is for <see cref="Close"/>.</summary>
    internal (int Generation, int Index) Open(Request request, string requestId)
    {
        string target = request.Head.Target;
        if (request.Query["key"] is { Length: > 0 } key)
        {
            target = target.Replace(key, "***", StringComparison.Ordinal);
        }

        lock (_gate)
        {
            _entries.Add(new LedgerEntry
            {
                Number = _entries.Count + 1,
                Time = _clock.GetUtcNow(),
                Method = request.Method,
                Path = _authentication.Mask(target),
                Authorized = _authentication.Accepts(request),
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

    /// <summary>Notes that the answer went out to its end.</summary>
    internal void Complete((int Generation, int Index) place)
    {
        lock (_gate)
        {
            if (place.Generation == _generation)
            {
                _entries[place.Index] = _entries[place.Index] with { IsAnswered = true };
            }
        }
    }

    /// <summary>Adds what is known once the answer is. Called before the answer is sent, so that who has it finds it here.</summary>
    internal void Close((int Generation, int Index) place, Exchange exchange, int status, ScenarioMatch? match)
    {
        string? body = exchange.BodyBytes is { Length: > 0 and <= MaximumBody } bytes && exchange.Body is not null
            ? _authentication.Mask(Encoding.UTF8.GetString(bytes))
            : null;
        lock (_gate)
        {
            if (place.Generation != _generation)
            {
                return;
            }

            _entries[place.Index] = _entries[place.Index] with
            {
                BodyLength = exchange.Request.Body.BytesRead,
                Body = body,
                FileLength = exchange.FileLength,
                FileSha256 = exchange.FileSha256,
                Status = status,
                PredictionId = exchange.PredictionId,
                ScenarioRule = match?.Number,
                Fault = match?.Rule.FaultName,
            };
        }
    }
}
