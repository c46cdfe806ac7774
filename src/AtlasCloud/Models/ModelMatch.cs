namespace AtlasCloud.Models;

/// <summary>The model that a name means, and what else the name said.</summary>
/// <param name="Model">The model.</param>
/// <param name="Former">For an old name, what became of it.</param>
internal sealed record ModelMatch(Model Model, RenamedModel? Former = null)
{
    // The catalog has it under its old name still: then it is asked for as it always was.
    private bool IsKept => Former?.Current.Contains(Model.Id) == false;

    /// <summary>What to tell about an old name; null for a name that is current.</summary>
    internal string? Note(string name) => Former switch
    {
        null => null,
        _ when IsKept => $"'{name}' is an old name that the catalog does not show any longer. Use {string.Join(" or ", Former.Current.Select(c => $"'{c}'"))}.",
        _ => $"'{name}' is an old name: '{Model.Id}' is used in its place{(Former.Input is null ? "" : $", with {Former.Input} {Former.Value} unless the request says otherwise")}.",
    };

    /// <summary>The input, size or resolution, that an old name implied, with its value; null for a name that implies none.</summary>
    internal (string Input, string Value)? ImpliedInput => !IsKept && Former is { Input: string input, Value: string value } ? (input, value) : null;
}
