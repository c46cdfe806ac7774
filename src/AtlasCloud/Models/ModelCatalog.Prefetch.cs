using AtlasCloud.Models;

namespace AtlasCloud;

public sealed partial class ModelCatalog
{
    private const string CatalogKey = "";

    /// <summary>
    /// Returns <see cref="Cached"/> for suggestions while a user types. If there is no copy, it is requested in the background; the call waits until
    /// the request is 400 ms old. A stale copy is refreshed in the background. A failure is logged, and not retried within a minute.
    /// </summary>
    /// <returns>The models; empty if they are not available yet.</returns>
    public async Task<IReadOnlyList<Model>> PrefetchAsync()
    {
        if (_models.Peek() is null)
        {
            await _prefetch.RunAsync(CatalogKey, _models.RefreshAsync).ConfigureAwait(false);
        }
        else
        {
            QueueRefresh();
        }

        return Cached;
    }

    /// <summary>
    /// Returns the inputs of a model for suggestions while a user types. If there is no copy, they are requested in the background, like a catalog that
    /// lacks the model; the call waits until that request is 400 ms old. A stale copy is refreshed in the background. A failure is logged, and not
    /// retried within a minute.
    /// </summary>
    /// <param name="name">A model ID in any spelling, a display name, or a former name.</param>
    /// <returns>The inputs; null if they are not available yet, if the model publishes none, or if none or several models match.</returns>
    public async Task<ModelSchema?> PrefetchSchemaAsync(string name)
    {
        if (FindCached(name) is Model known && _schemas.GetDocument(known).Peek() is CacheEntry<ModelSchema> entry)
        {
            QueueSchemaRefresh(known);
            return entry.Value;
        }

        await _prefetch.RunAsync(name, closing => RefreshSchemaOfAsync(name, closing)).ConfigureAwait(false);
        return FindCached(name) is Model model ? GetCachedSchema(model) : null;
    }

    /// <summary>Starts a refresh of the inputs of a model in the background, unless the copy is fresh.</summary>
    /// <param name="model">The model.</param>
    public void QueueSchemaRefresh(Model model)
    {
        CachedDocument<ModelSchema> document = _schemas.GetDocument(model);
        if (document.Peek() is null)
        {
            // Not as a refresh, of which one runs at a time and others are skipped.
            _ = _prefetch.RunAsync(model.Id, document.RefreshAsync);
        }
        else
        {
            document.QueueRefresh();
        }
    }

    private async Task RefreshSchemaOfAsync(string name, CancellationToken closing)
    {
        if (FindCached(name) is null)
        {
            await _models.RefreshAsync(closing).ConfigureAwait(false);
        }

        if (FindCached(name) is Model model)
        {
            await _schemas.GetDocument(model).RefreshAsync(closing).ConfigureAwait(false);
        }
    }
}
