using System.Collections;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Further inputs whose keys are models: @{ 'a/b' = @{ steps = 20 }; 'c/d' = @{ quality = 'high' } }.</summary>
internal static class ModelKeys
{
    /// <summary>Returns the inputs for one model. If any key is not a model of the command, the keys are inputs of all models.</summary>
    /// <param name="parameters">The dictionary; null for none.</param>
    /// <param name="model">The model.</param>
    /// <param name="models">All models of the command; null if it names none.</param>
    internal static IDictionary? Select(IDictionary? parameters, string model, ComparedModels? models)
    {
        if (parameters is not { Count: > 0 } || models is null
            || !parameters.Keys.Cast<object>().All(k => models.Names.Contains(k.ToString()!.Trim(), StringComparer.OrdinalIgnoreCase) && Read(parameters[k]) is not null))
        {
            return parameters;
        }

        object? own = parameters.Keys.Cast<object>().FirstOrDefault(k => k.ToString()!.Trim().Equals(model, StringComparison.OrdinalIgnoreCase));
        return own is null ? null : Read(parameters[own]);
    }

    private static IDictionary? Read(object? value) => value is null ? null : ParametersReader.Read(value).Value as IDictionary;
}
