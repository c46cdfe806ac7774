namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>The inputs of a model that no parameter of a command covers, with the names that <see cref="DynamicParameterNames"/> assigns.</summary>
internal sealed class ModelInputs
{
    private ModelInputs(ModelSchema schema, IReadOnlyList<ModelInput> all, IReadOnlyList<ModelInput> spellings) => (Schema, All, Spellings) = (schema, all, spellings);

    /// <summary>The schema of the model.</summary>
    internal ModelSchema Schema { get; }

    /// <summary>All inputs, in the model's display order.</summary>
    internal IReadOnlyList<ModelInput> All { get; }

    /// <summary>The inputs that a parameter of the command covers under another name: -ReferenceImages, which is -Image.</summary>
    internal IReadOnlyList<ModelInput> Spellings { get; }

    /// <summary>Returns the inputs of a model with their names as dynamic parameters.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="reserved">Names that commands use for something else.</param>
    internal static ModelInputs Create(ModelSchema schema, IEnumerable<string> reserved)
    {
        IReadOnlyList<ModelInput> all = DynamicParameterNames.Assign(schema, reserved);
        return new(schema, all, DynamicParameterNames.AssignSpellings(schema, [.. reserved, .. all.SelectMany(i => new[] { i.Name, i.Alias }).OfType<string>()]));
    }

    /// <summary>Returns the input of a dynamic parameter; null if there is none.</summary>
    internal ModelInput? FindByParameter(string name) => All.Concat(Spellings).FirstOrDefault(i => i.Name == name);

    /// <summary>Returns the input of a column of a table, with any separators between its words; null if there is none.</summary>
    internal ModelInput? Find(string column) =>
        All.FirstOrDefault(i => i.Member.Name == column)
        ?? All.FirstOrDefault(i => InputText.NormalizeName(i.Member.Name) == InputText.NormalizeName(column))
        ?? All.FirstOrDefault(i => InputText.NormalizeName(i.Name) == InputText.NormalizeName(column));
}
