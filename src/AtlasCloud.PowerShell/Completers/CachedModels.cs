using System.Collections;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Returns the inputs of models for completion. Those of a model that was not used before are requested in the background.</summary>
internal static class CachedModels
{
    /// <summary>Returns the names of the models among the arguments; empty if there are none.</summary>
    internal static IReadOnlyList<string> GetNames(IDictionary arguments) =>
        [.. AsItems(PSObjects.Unwrap(arguments["Model"])).Select(PSObjects.Unwrap).Select(v => (v as Model)?.Id ?? v as string).OfType<string>().Where(n => !string.IsNullOrWhiteSpace(n))];

    /// <summary>Returns the inputs of each model among the arguments; empty if there is no model or no inputs are available yet.</summary>
    internal static IReadOnlyList<ModelInputs> GetInputs(IDictionary arguments) =>
        [.. Prefetch(Completion.GetClient(arguments), GetNames(arguments)).OfType<ModelSchema>().Select(s => ModelInputs.Create(s, DynamicParameterNames.Reserved))];

    /// <summary>Returns the cached inputs of a model without a request; null if there are none.</summary>
    internal static ModelSchema? GetSchema(AtlasCloudClient? client, string name) =>
        client?.Models.FindCached(name) is Model model ? client.Models.GetCachedSchema(model) : null;

    /// <summary>Returns the inputs of models, for which a key press waits for a moment if they are not cached; null for those that are not available yet.</summary>
    internal static IReadOnlyList<ModelSchema?> Prefetch(AtlasCloudClient? client, IReadOnlyList<string> names) =>
        client is null || names.Count == 0 ? [] : Task.WhenAll(names.Select(client.Models.PrefetchSchemaAsync)).GetAwaiter().GetResult();

    private static IEnumerable<object?> AsItems(object? value) => value is IEnumerable items and not string ? items.Cast<object?>() : [value];
}
