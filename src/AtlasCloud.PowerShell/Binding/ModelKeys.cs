using System.Collections;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Further inputs whose keys are models: @{ 'a/b' = @{ steps = 20 }; 'c/d' = @{ quality = 'high' } }.</summary>
internal static class ModelKeys
{
    /// <summary>Returns the inputs for one model.</summary>
    /// <param name="parameters">The dictionary; null for none.</param>
    /// <param name="model">The model.</param>
    /// <param name="models">All models of the command; null if it names none.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the argument is not a dictionary, or some keys are models, and one is not a model of the command.</exception>
    internal static IDictionary? Select(IDictionary? parameters, string model, ComparedModels? models)
    {
        if (parameters is UnusableParameters { Problem: string problem })
        {
            throw CmdletErrors.ParametersInvalid(problem);
        }

        IReadOnlyList<string> names = models?.Names ?? [model];
        if (parameters is not { Count: > 0 } || !AreModels(parameters, names))
        {
            return parameters;
        }

        RequireModels(parameters, names);
        object? own = parameters.Keys.Cast<object>().FirstOrDefault(k => ToName(k).Equals(model, StringComparison.OrdinalIgnoreCase));
        return own is null ? null : Read(parameters[own]);
    }

    /// <summary>Checks the argument once, before anything is sent.</summary>
    /// <param name="parameters">The dictionary; null for none.</param>
    /// <param name="models">All models of the command; null if they are not known yet.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: some keys are models, and one is not a model of the command.</exception>
    internal static void Check(IDictionary? parameters, ComparedModels? models)
    {
        if (parameters is { Count: > 0 } && models is not null && AreModels(parameters, models.Names))
        {
            RequireModels(parameters, models.Names);
        }
    }

    // No input has a name with a slash, so such a key with inputs of its own is meant to be a model, also if it is misspelled.
    private static bool AreModels(IDictionary parameters, IReadOnlyList<string> names) =>
        parameters.Keys.Cast<object>().Any(k => (ToName(k).Contains('/', StringComparison.Ordinal) || IsModel(k, names)) && Read(parameters[k]) is not null);

    private static void RequireModels(IDictionary parameters, IReadOnlyList<string> names)
    {
        if (RepeatedKeys.Find(parameters, k => k.Trim().ToUpperInvariant()) is (string first, string second, _))
        {
            throw CmdletErrors.ParametersInvalid($"contains '{Conversion.Show(first)}' and '{Conversion.Show(second)}', which are the same model");
        }

        foreach (object key in parameters.Keys)
        {
            if (!IsModel(key, names))
            {
                throw CmdletErrors.ModelKeyUnknown(ToName(key), names);
            }

            if (Read(parameters[key]) is null)
            {
                throw CmdletErrors.ModelKeyWithoutInputs(ToName(key));
            }
        }
    }

    private static bool IsModel(object key, IReadOnlyList<string> names) => names.Contains(ToName(key), StringComparer.OrdinalIgnoreCase);

    private static string ToName(object key) => key.ToString()!.Trim();

    private static IDictionary? Read(object? value) => value is null ? null : ParametersReader.Read(value).Value as IDictionary;
}
