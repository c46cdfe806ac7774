namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>The inputs of a model that no parameter of a command covers, with the names that <see cref="DynamicParameterNames"/> assigns.</summary>
internal sealed class ModelInputs
{
    private ModelInputs(IReadOnlyList<ModelInput> all) => All = all;

    /// <summary>All inputs, in the model's display order.</summary>
    internal IReadOnlyList<ModelInput> All { get; }

    /// <summary>Returns the inputs of a model with their names as dynamic parameters.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="reserved">Names that commands use for something else.</param>
    internal static ModelInputs Create(ModelSchema schema, IEnumerable<string> reserved) => new(DynamicParameterNames.Assign(schema, reserved));

    /// <summary>Returns the input of a column of a table, with any separators between its words; null if there is none.</summary>
    internal ModelInput? Find(string column) =>
        All.FirstOrDefault(i => i.Member.Name == column)
        ?? All.FirstOrDefault(i => Normalize(i.Member.Name) == Normalize(column))
        ?? All.FirstOrDefault(i => Normalize(i.Name) == Normalize(column));

    private static string Normalize(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
