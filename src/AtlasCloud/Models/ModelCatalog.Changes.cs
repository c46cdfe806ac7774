using AtlasCloud.Models;

namespace AtlasCloud;

public sealed partial class ModelCatalog
{
    /// <summary>
    /// Requests the catalog, and the inputs of the models whose inputs are cached, and compares them with the copies of the last refresh. The copies are replaced.
    /// </summary>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The differences; null if there is no copy to compare with.</returns>
    /// <exception cref="AtlasCloudException">The request for the catalog failed: kinds as for <see cref="ListAsync"/>.</exception>
    public async Task<IReadOnlyList<ModelChange>?> RefreshAndCompareAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Model>? before = _models.Peek()?.Value;
        IReadOnlyList<Model> after = await ListAsync(refresh: true, cancellationToken).ConfigureAwait(false);
        if (before is null)
        {
            return null;
        }

        List<ModelChange> changes = [.. CatalogComparison.Compare(before, after)];
        foreach (Model model in after)
        {
            if (GetCachedSchema(model) is ModelSchema old
                && await RefreshSchemaAsync(model, cancellationToken).ConfigureAwait(false) is ModelSchema current
                && CatalogComparison.Compare(model, old, current) is ModelChange change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private async Task<ModelSchema?> RefreshSchemaAsync(Model model, CancellationToken cancellationToken)
    {
        try
        {
            return await GetSchemaAsync(model, refresh: true, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Warning($"The inputs of {model.Id} could not be compared: {exception.Message}");
            return null;
        }
    }
}
