namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>An input of a model that no parameter of the command covers, with its name as a dynamic parameter.</summary>
/// <param name="Name">The name of the parameter, such as GenerateAudio for generate_audio.</param>
/// <param name="Member">The input.</param>
/// <param name="Alias">The model's own name, if it is not used otherwise; null if it is.</param>
/// <param name="Common">The common input that also sets it; null for an input of the model's own.</param>
internal sealed record ModelInput(string Name, ModelParameter Member, string? Alias = null, CommonInput? Common = null)
{
    /// <summary>True if the input takes media, like -Image.</summary>
    internal bool IsMedium => Member.MediaKind is not null;

    /// <summary>The .NET type of the parameter: nullable, since an empty cell of a table omits the input.</summary>
    internal Type Type => Member switch
    {
        _ when IsMedium => typeof(MediaSource[]),
        { AllowsMultiple: true } => typeof(string[]),
        { Type: "integer" } => typeof(long?),
        { Type: "number" } => typeof(decimal?),
        { Type: "boolean" } => typeof(bool?),
        { Type: "array", ItemType: "string" } => typeof(string[]),
        { Type: "array", ItemType: "integer" } => typeof(long[]),
        { Type: "array", ItemType: "number" } => typeof(decimal[]),
        { Type: "array" } => typeof(object[]),
        { Type: "string" } => typeof(string),
        _ => typeof(object),
    };
}
