using System.Collections;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Returns the inputs of models from the cache, without a request.</summary>
internal static class CachedModels
{
    /// <summary>Returns the inputs of each model among the arguments; empty if there is no model or no inputs are cached.</summary>
    internal static IReadOnlyList<ModelInputs> GetInputs(IDictionary arguments)
    {
        AtlasCloudClient? client = Completion.GetClient(arguments);
        return [.. GetNames(arguments["Model"]).Select(n => GetSchema(client, n)).OfType<ModelSchema>().Select(s => ModelInputs.Create(s, DynamicParameterNames.Reserved))];
    }

    /// <summary>Returns the cached inputs of a model; null if there are none.</summary>
    internal static ModelSchema? GetSchema(AtlasCloudClient? client, string name) =>
        client?.Models.FindCached(name) is Model model ? client.Models.GetCachedSchema(model) : null;

    /// <summary>Starts a refresh of what is missing in the background, so that a later key press finds it.</summary>
    internal static void QueueRefresh(AtlasCloudClient? client, string name)
    {
        if (client?.Models.FindCached(name) is Model model)
        {
            client.Models.QueueSchemaRefresh(model);
        }
        else
        {
            client?.Models.QueueRefresh();
        }
    }

    private static IEnumerable<string> GetNames(object? value) => PSObjects.Unwrap(value) switch
    {
        string name => [name],
        IEnumerable names => names.Cast<object?>().Select(PSObjects.Unwrap).OfType<string>(),
        _ => [],
    };
}
