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
            || !parameters.Cast<DictionaryEntry>().All(e => models.Names.Contains(e.Key.ToString()!.Trim(), StringComparer.OrdinalIgnoreCase) && Read(e.Value) is not null))
        {
            return parameters;
        }

        DictionaryEntry[] own = [.. parameters.Cast<DictionaryEntry>().Where(e => e.Key.ToString()!.Trim().Equals(model, StringComparison.OrdinalIgnoreCase))];
        return own.Length == 0 ? null : Read(own[0].Value);
    }

    private static IDictionary? Read(object? value) => value is null ? null : ParametersReader.Read(value).Value as IDictionary;
}
