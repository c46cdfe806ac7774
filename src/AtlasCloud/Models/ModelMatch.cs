namespace AtlasCloud.Models;

/// <summary>The model that a name refers to, and what a former name implied.</summary>
/// <param name="Model">The model.</param>
/// <param name="Renamed">What replaced a former name; null for a current name.</param>
internal sealed record ModelMatch(Model Model, RenamedModel? Renamed = null)
{
    /// <summary>The input and its value that a former name implied; null if there is none.</summary>
    internal (string Input, string Value)? ImpliedInput =>
        !IsStillListed && Renamed is { Input: string input, Value: string value } ? (input, value) : null;

    // The catalog still lists the model under its former name, so it is requested as before.
    private bool IsStillListed => Renamed?.CurrentIds.Contains(Model.Id) == false;

    /// <summary>Returns the warning about a former name; null for a current name.</summary>
    internal string? DescribeRename(string name) => Renamed switch
    {
        null => null,
        _ when IsStillListed =>
            $"'{name}' is a former name. It is still used for this request, but the catalog hides it; use {string.Join(" or ", Renamed.CurrentIds.Select(c => $"'{c}'"))} instead.",
        _ => $"'{name}' is a former name; '{Model.Id}' is used instead{DescribeImpliedInput()}.",
    };

    private string DescribeImpliedInput() =>
        ImpliedInput is (string input, string value) ? $", with {input} {value} unless the request specifies it" : "";
}
