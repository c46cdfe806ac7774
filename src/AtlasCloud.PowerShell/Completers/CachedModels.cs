using System.Collections;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Returns the inputs of models for completion. Those of a model that was not used before are requested in the background.</summary>
internal static class CachedModels
{
    private const string GeneratingPrefix = "New-Atlas";

    /// <summary>Returns the names of the models among the arguments, or else the user's default model for the command; empty if there are none.</summary>
    internal static IReadOnlyList<string> GetNames(string command, IDictionary arguments)
    {
        string[] typed = [.. AsItems(PSObjects.Unwrap(arguments["Model"])).Select(PSObjects.Unwrap).Select(v => (v as Model)?.Id ?? v as string).OfType<string>().Where(n => !string.IsNullOrWhiteSpace(n))];
        return typed.Length == 0 && GetDefault(command) is string name ? [name] : typed;
    }

    /// <summary>Returns the inputs of each model of the command; empty if the command names no model, or while the inputs are not available.</summary>
    internal static IReadOnlyList<ModelInputs> GetInputs(string command, IDictionary arguments) =>
        [.. Prefetch(Completion.GetClient(arguments), GetNames(command, arguments)).OfType<ModelSchema>().Select(s => ModelInputs.Create(s, DynamicParameterNames.Reserved))];

    /// <summary>Returns the cached inputs of a model without a request; null if there are none.</summary>
    internal static ModelSchema? GetSchema(AtlasCloudClient? client, string name) =>
        client?.Models.FindCached(name) is Model model ? client.Models.GetCachedSchema(model) : null;

    /// <summary>Returns the inputs of models, for which a key press waits for a moment if they are not cached; null for those that are not available yet.</summary>
    internal static IReadOnlyList<ModelSchema?> Prefetch(AtlasCloudClient? client, IReadOnlyList<string> names) =>
        client is null || names.Count == 0 ? [] : Task.WhenAll(names.Select(client.Models.PrefetchSchemaAsync)).GetAwaiter().GetResult();

    private static string? GetDefault(string command) =>
        command.StartsWith(GeneratingPrefix, StringComparison.OrdinalIgnoreCase) && Enum.TryParse(command[GeneratingPrefix.Length..], ignoreCase: true, out GenerationKind kind)
            ? CommandDefaults.TryGet().GetModel(kind)
            : null;

    private static IEnumerable<object?> AsItems(object? value) => value is IEnumerable items and not string ? items.Cast<object?>() : [value];
}
