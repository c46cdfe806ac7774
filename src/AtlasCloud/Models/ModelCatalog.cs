using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using AtlasCloud.Background;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Models;

namespace AtlasCloud;

/// <summary>The models of the service and what they take. Read once, then kept in memory and on disk.</summary>
public sealed class ModelCatalog
{
    private const int LargestSchema = 2 * 1024 * 1024;

    private readonly Uri _base;
    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly DocumentCache _cache;
    private readonly BackgroundRefresh _background;
    private readonly CachedDocument<IReadOnlyList<Model>> _models;
    private readonly ConcurrentDictionary<string, CachedDocument<ModelSchema>> _schemas = new(StringComparer.Ordinal);

    internal ModelCatalog(AtlasCloudOptions options, HttpPipeline http, BackgroundWork background, TimeProvider clock)
    {
        _base = options.BaseUri;
        _http = http;
        _clock = clock;
        _background = new BackgroundRefresh(background);
        _cache = new DocumentCache(options.CacheFolder, options.BaseUri, clock);
        ApiCall call = new(HttpMethod.Get, http.Media("models"), "the model catalog") { NeedsKey = false, RetryPolicy = RetryPolicy.IdempotentIfReachable, MaxResponseBytes = 32 * 1024 * 1024 };
        _models = new(call, "models.json", Accept, ReadModels, http, _cache, _background, clock);
    }

    /// <summary>The catalog as it was last read, by this client or by another process; empty where it was not yet. Asks nobody.</summary>
    public IReadOnlyList<Model> Known => _models.Peek()?.Value ?? [];

    /// <summary>When the service last confirmed what <see cref="Known"/> says; null where there is no copy.</summary>
    public DateTimeOffset? ReadAt => _models.Peek()?.ReadAt;

    /// <summary>Whether the copy is so young that it is used without asking.</summary>
    public bool IsFresh => _models.IsYoung(_models.Peek());

    /// <summary>Ends when what is read in the background now has been read.</summary>
    internal Task Background => _background.Running;

    /// <summary>All models, hidden ones too, in the service's own order. A copy of up to a day is used at once and read anew beside that.</summary>
    /// <param name="refresh">Ask the service, however young the copy is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AtlasCloudException">The catalog cannot be had, and there is no copy, or a copy is not wanted.</exception>
    public async Task<IReadOnlyList<Model>> ListAsync(bool refresh = false, CancellationToken cancellationToken = default)
    {
        CacheEntry<IReadOnlyList<Model>> kept = await _models.GetAsync(refresh, cancellationToken).ConfigureAwait(false);
        if (NoteOn(kept) is string note)
        {
            (_models.IsOld(kept) ? (Action<string>)AtlasCloudLog.Warning : AtlasCloudLog.Verbose)(note);
        }

        return kept.Value!;
    }

    /// <summary>The one model that a name means.</summary>
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous with the nearest names, or the catalog cannot be had.</exception>
    public async Task<Model> ResolveAsync(string name, CancellationToken cancellationToken = default) =>
        (await MatchAsync(name, null, cancellationToken).ConfigureAwait(false)).Model;

    /// <summary>The one model that a name means, and for an old name what else the name said.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type that can be used: it decides between names that are alike, and which names are suggested.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous with the nearest names, or the catalog cannot be had.</exception>
    internal async Task<ModelMatch> MatchAsync(string name, string? type, CancellationToken cancellationToken)
    {
        CacheEntry<IReadOnlyList<Model>> kept = await _models.GetAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        if (NoteOn(kept) is string note)
        {
            AtlasCloudLog.Verbose(note);
        }

        ModelMatch match;
        try
        {
            match = ModelResolver.Match(name, kept.Value!, type);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.ModelNotFound)
        {
            // It may be newer than the copy.
            if (await RereadAsync(kept.Value!, cancellationToken).ConfigureAwait(false) is not IReadOnlyList<Model> anew)
            {
                throw;
            }

            match = ModelResolver.Match(name, anew, type);
        }

        if (match.Note(name.Trim()) is string old)
        {
            AtlasCloudLog.Warning(old);
        }

        return match;
    }

    /// <summary>A later catalog than the one that lacks something; null where that one is fresh, or nothing better can be had.</summary>
    internal async Task<IReadOnlyList<Model>?> RereadAsync(IReadOnlyList<Model> lacking, CancellationToken cancellationToken)
    {
        // The background may have read it in between.
        if (_models.Peek() is { Value: IReadOnlyList<Model> now } kept && _models.IsYoung(kept))
        {
            return ReferenceEquals(now, lacking) ? null : now;
        }

        if (_models.Failure is not null)
        {
            return null;
        }

        try
        {
            return (await _models.GetAsync(refresh: true, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The catalog could not be read anew: {exception.Message}");
            return null;
        }
    }

    /// <summary>Reads the catalog anew beside what the client does, unless it is fresh.</summary>
    internal void RefreshSoon() => _models.RefreshSoon();

    /// <summary>The inputs of a model; null where none are published or they cannot be had.</summary>
    internal async Task<ModelSchema?> FindSchemaAsync(Model model, CancellationToken cancellationToken)
    {
        CachedDocument<ModelSchema> document = SchemaOf(model);
        ModelSchema? schema;
        try
        {
            // What failed a moment ago is not tried again for each of a thousand rows.
            schema = document.Peek() is null && document.Failure is AtlasCloudException failure
                ? throw failure
                : await ReadSchemaAsync(model, refresh: false, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The inputs of {model.Id} could not be read and are not checked: {exception.Message}");
            return null;
        }

        if (schema is null)
        {
            AtlasCloudLog.Verbose($"{model.Id} publishes no list of its inputs: they are not checked before sending.");
        }

        return schema;
    }

    /// <summary>The inputs of a model; null where none are published.</summary>
    /// <exception cref="AtlasCloudException">They cannot be had, and there is no copy, or a copy is not wanted.</exception>
    internal async Task<ModelSchema?> ReadSchemaAsync(Model model, bool refresh, CancellationToken cancellationToken) =>
        (await SchemaOf(model).GetAsync(refresh, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>The inputs of a model as memory or disk have them; null where they do not. Asks nobody.</summary>
    internal ModelSchema? KnownSchema(Model model) => SchemaOf(model).Peek()?.Value;

    /// <summary>Reads the inputs of a model beside what the client does, unless they are fresh.</summary>
    internal void RefreshSchemaSoon(Model model) => SchemaOf(model).RefreshSoon();

    private static IReadOnlyList<Model>? ReadModels(JsonElement root)
    {
        JsonElement? items = root.ValueKind == JsonValueKind.Array ? root : root.FirstMember("data", "models");
        IReadOnlyList<Model> list =
        [
            .. items.Items().Select(Model.Read).OfType<Model>()
                .OrderByDescending(m => m.Priority).ThenBy(m => m.Id, StringComparer.Ordinal),
        ];
        return list.Count > 0 ? list : null;
    }

    private JsonElement? Accept(ApiResponse reply)
    {
        JsonElement root = ResponseErrors.JsonOf(reply, "the model catalog", _http.Key);
        return ReadModels(root) is not null
            ? root
            : throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "The model catalog came back without a single model.") { RequestId = reply.RequestId };
    }

    private CachedDocument<ModelSchema> SchemaOf(Model model)
    {
        // A catalog is no reason to ask hosts inside somebody's network: the session's own machine is asked by sessions with it alone.
        bool isUsable = model.SchemaUri is Uri named && (_http.IsOurs(named)
            || (named.Scheme == "https" && !(IPAddress.TryParse(named.DnsSafeHost, out IPAddress? ip) && PrivateAddress.IsPrivate(ip)))
            || (Origin.IsLoopback(named) && Origin.IsLoopback(_base)));
        Uri address = isUsable ? model.SchemaUri! : new Uri($"https://static.atlascloud.ai/model/schema/{Uri.EscapeDataString(model.Id.Replace('/', '-'))}.json");
        return _schemas.GetOrAdd($"{model.Id} {address}", _ =>
        {
            ApiCall call = new(HttpMethod.Get, address, $"the inputs of {model.Id}") { NeedsKey = false, RetryPolicy = RetryPolicy.IdempotentIfReachable };
            string file = Path.Join("schemas", DocumentCache.FileName(model.Id));
            return new(call, file, reply => SchemaIn(reply, call), d => SchemaReader.Read(d.Clone(), model.Id), _http, _cache, _background, _clock);
        });
    }

    // Stores of static files answer 403, too, for what they do not have.
    private JsonElement? SchemaIn(ApiResponse reply, ApiCall call)
    {
        if (reply.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden)
        {
            return null;
        }

        JsonElement document = ResponseErrors.JsonOf(reply, call.Description, _http.Key);
        return reply.Length <= LargestSchema ? document : null;
    }

    private string? NoteOn(CacheEntry<IReadOnlyList<Model>> kept) =>
        _models.IsYoung(kept) ? null
        : _models.Failure is AtlasCloudException failure ? $"The model catalog could not be read: {failure.Message} A copy of {Age(kept)} ago is used."
        : $"A copy of the model catalog of {Age(kept)} ago is used, while it is read anew.";

    private string Age(CacheEntry<IReadOnlyList<Model>> kept)
    {
        TimeSpan age = _models.AgeOf(kept);
        return age switch
        {
            { TotalDays: > 36500 } => "an unknown time",
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} hours"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} minutes"),
        };
    }
}
