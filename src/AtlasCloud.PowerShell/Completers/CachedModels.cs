using System.Collections;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Returns the inputs of models from the cache, without a request.</summary>
internal static class CachedModels
{
    /// <summary>Returns the inputs of the model among the arguments; null if there is no model or its inputs are not cached.</summary>
    internal static (ModelSchema Schema, ModelInputs Own)? GetInputs(IDictionary arguments) =>
        AsString(arguments["Model"]) is string name && GetSchema(Completion.GetClient(arguments), name) is ModelSchema schema
            ? (schema, ModelInputs.Create(schema, DynamicParameterNames.Reserved))
            : null;

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

    private static string? AsString(object? value) => PSObjects.Unwrap(value) as string;
}
