using System.Globalization;
using System.Text.Json;
using AtlasCloud.Background;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Models;

namespace AtlasCloud;

/// <summary>
/// The models of the service and their inputs (API reference, sections 12 and 13), cached in memory and, with
/// <see cref="AtlasCloudOptions.CacheFolder"/>, on disk. A copy is fresh for 5 minutes. A stale copy is used immediately and refreshed in the
/// background. A copy of a day or more is refreshed before it is used. Needs no API key.
/// </summary>
public sealed partial class ModelCatalog
{
    private const int MaxCatalogBytes = 32 * 1024 * 1024;

    // A comparer of references, because .NET compiles sorting by a number again in each process.
    private static readonly IComparer<Model> s_byPriority = Comparer<Model>.Create(
        (a, b) => a.Priority != b.Priority ? b.Priority.CompareTo(a.Priority) : string.CompareOrdinal(a.Id, b.Id));

    private readonly HttpPipeline _http;
    private readonly BackgroundRefresh _background;
    private readonly BackgroundPrefetch _prefetch;
    private readonly CachedDocument<IReadOnlyList<Model>> _models;
    private readonly SchemaCache _schemas;

    internal ModelCatalog(AtlasCloudOptions options, HttpPipeline http, BackgroundWork background, TimeProvider clock)
    {
        _http = http;
        _background = new BackgroundRefresh(background);
        _prefetch = new BackgroundPrefetch(background, clock);
        CacheFolder cache = new(options.CacheFolder, options.BaseUri, clock);
        ApiCall call = new(HttpMethod.Get, http.Media("models"), "the model catalog")
        {
            NeedsKey = false,
            RetryPolicy = RetryPolicy.IdempotentIfReachable,
            MaxResponseBytes = MaxCatalogBytes,
        };
        _models = new(call, "models.json", FindCatalog, ReadModels, http, cache, _background, clock);
        _schemas = new SchemaCache(options.BaseUri, http, cache, _background, clock);
    }

    /// <summary>The cached catalog of this or another process; empty if there is none. Sends no request.</summary>
    public IReadOnlyList<Model> Cached => _models.Peek()?.Value ?? [];

    /// <summary>When the service last returned or confirmed <see cref="Cached"/>; null if there is no copy.</summary>
    public DateTimeOffset? ReadAt => _models.Peek()?.ReadAt;

    /// <summary>True if the cached catalog is younger than 5 minutes, so that it is used without a request.</summary>
    public bool IsFresh => _models.IsFresh(_models.Peek());

    /// <summary>Completes when the background refresh that runs now has ended. It never faults.</summary>
    internal Task Background => _background.Running;

    /// <summary>Returns all models, including hidden ones, in the service's order.</summary>
    /// <param name="refresh">True to request the catalog even if the copy is fresh. Default: false.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">ConnectionFailed, RequestTimedOut, ServiceUnavailable, UnexpectedReply: the request failed, and there is no copy or <paramref name="refresh"/> is set.</exception>
    public async Task<IReadOnlyList<Model>> ListAsync(bool refresh = false, CancellationToken cancellationToken = default)
    {
        CacheEntry<IReadOnlyList<Model>> entry = await _models.GetAsync(refresh, cancellationToken).ConfigureAwait(false);
        if (DescribeAge(entry) is string note)
        {
            (_models.IsExpired(entry) ? (Action<string>)AtlasCloudLog.Warning : AtlasCloudLog.Verbose)(note);
        }

        return entry.Value!;
    }

    /// <summary>Returns the model that a name refers to. A name that a stale copy lacks is looked up again after a refresh.</summary>
    /// <param name="name">A model ID in any spelling, a display name, or a former name.</param>
    /// <param name="type">The type that the caller can use, such as Image; null for any. It decides between several matches, and which names are suggested.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">
    /// ModelNotFound: no model has the name; Allowed lists similar IDs. ModelAmbiguous: several models match; Allowed lists them.
    /// Otherwise as <see cref="ListAsync"/>.
    /// </exception>
    public async Task<Model> ResolveAsync(string name, string? type = null, CancellationToken cancellationToken = default) =>
        (await MatchAsync(name, type, cancellationToken).ConfigureAwait(false)).Model;

    /// <summary>Returns the model that a name refers to in <see cref="Cached"/>. Sends no request.</summary>
    /// <param name="name">A model ID in any spelling, a display name, or a former name.</param>
    /// <returns>The model; null if none or several match, or if there is no copy.</returns>
    public Model? FindCached(string name)
    {
        try
        {
            return ModelResolver.Resolve(name, Cached).Model;
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }

    /// <summary>Starts a refresh of the catalog in the background, unless the copy is fresh.</summary>
    public void QueueRefresh() => _models.QueueRefresh();

    /// <summary>Returns the inputs of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="refresh">True to request the schema even if the copy is fresh. Default: false.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The inputs; null if the model publishes none, as language models do.</returns>
    /// <exception cref="AtlasCloudException">The request failed, and there is no copy or <paramref name="refresh"/> is set: kinds as for <see cref="ListAsync"/>.</exception>
    public async Task<ModelSchema?> GetSchemaAsync(Model model, bool refresh = false, CancellationToken cancellationToken = default) =>
        (await _schemas.GetDocument(model).GetAsync(refresh, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Returns the inputs of a model if they are available. A failure is logged, and not retried within a minute.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The inputs; null if the model publishes none or the request failed.</returns>
    public async Task<ModelSchema?> TryGetSchemaAsync(Model model, CancellationToken cancellationToken = default) =>
        (await FindSchemaAsync(model, cancellationToken).ConfigureAwait(false)).Schema;

    /// <summary>Returns the inputs of a model, as <see cref="TryGetSchemaAsync"/> does, and why they are unavailable.</summary>
    /// <returns>The inputs; null if the model publishes none or the request failed. The failure; null if there was none.</returns>
    internal async Task<(ModelSchema? Schema, AtlasCloudException? Failure)> FindSchemaAsync(Model model, CancellationToken cancellationToken)
    {
        CachedDocument<ModelSchema> document = _schemas.GetDocument(model);
        ModelSchema? schema;
        try
        {
            // A recent failure is not repeated for each of a thousand rows.
            schema = document.Peek() is null && document.RecentFailure is AtlasCloudException failure
                ? throw failure
                : (await document.GetAsync(refresh: false, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The inputs of {model.Id} are unavailable: {exception.Message}");
            return (null, exception);
        }

        if (schema is null)
        {
            AtlasCloudLog.Verbose($"{model.Id} publishes no list of its inputs.");
        }

        return (schema, null);
    }

    /// <summary>Returns the cached inputs of a model; null if there is no copy. Sends no request.</summary>
    public ModelSchema? GetCachedSchema(Model model) => _schemas.GetDocument(model).Peek()?.Value;

    /// <summary>Returns the model that a name refers to and, for a former name, what the name implied. Warns about a former name.</summary>
    /// <exception cref="AtlasCloudException">As <see cref="ResolveAsync"/>.</exception>
    internal async Task<ModelMatch> MatchAsync(string name, string? type, CancellationToken cancellationToken)
    {
        CacheEntry<IReadOnlyList<Model>> entry = await _models.GetAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        if (DescribeAge(entry) is string note)
        {
            AtlasCloudLog.Verbose(note);
        }

        ModelMatch match;
        try
        {
            match = ModelResolver.Resolve(name, entry.Value!, type);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.ModelNotFound)
        {
            // The model may be newer than the copy.
            if (await RefreshIfStaleAsync(entry.Value!, cancellationToken).ConfigureAwait(false) is not IReadOnlyList<Model> refreshed)
            {
                throw;
            }

            match = ModelResolver.Resolve(name, refreshed, type);
        }

        if (match.DescribeRename(name.Trim()) is string warning)
        {
            AtlasCloudLog.Warning(warning);
        }

        return match;
    }

    // Null if the catalog that was searched is fresh, or no later one is available.
    private async Task<IReadOnlyList<Model>?> RefreshIfStaleAsync(IReadOnlyList<Model> searched, CancellationToken cancellationToken)
    {
        // A background refresh may have completed in between.
        if (_models.Peek() is { Value: IReadOnlyList<Model> current } entry && _models.IsFresh(entry))
        {
            return ReferenceEquals(current, searched) ? null : current;
        }

        if (_models.RecentFailure is not null)
        {
            return null;
        }

        try
        {
            return (await _models.GetAsync(refresh: true, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The model catalog could not be refreshed: {exception.Message}");
            return null;
        }
    }

    private static IReadOnlyList<Model>? ReadModels(JsonElement root)
    {
        JsonElement? items = root.ValueKind == JsonValueKind.Array ? root : root.FirstMember("data", "models");
        List<Model> list = [];
        foreach (JsonElement item in items.Items())
        {
            if (Model.Read(item) is Model model)
            {
                list.Add(model);
            }
        }

        return list.Count > 0 ? [.. list.Order(s_byPriority)] : null;
    }

    private JsonElement? FindCatalog(ApiResponse response)
    {
        JsonElement root = ResponseErrors.JsonOf(response, "the model catalog", _http.Key);
        return ReadModels(root) is not null ? root : throw ModelErrors.EmptyCatalog(response.RequestId);
    }

    private string? DescribeAge(CacheEntry<IReadOnlyList<Model>> entry) =>
        _models.IsFresh(entry) ? null
        : _models.RecentFailure is AtlasCloudException failure ? $"The model catalog is unavailable: {failure.Message} {DescribeCopy(entry)} is used."
        : $"{DescribeCopy(entry)} is used while the model catalog is refreshed.";

    private string DescribeCopy(CacheEntry<IReadOnlyList<Model>> entry) =>
        FormatAge(entry) is string age ? $"The cached copy ({age} old)" : "A cached copy of unknown age";

    private string? FormatAge(CacheEntry<IReadOnlyList<Model>> entry)
    {
        TimeSpan age = _models.GetAge(entry);
        return age switch
        {
            { TotalDays: > 36500 } => null,
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} hours"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} minutes"),
        };
    }
}
