namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>An input of a model that no parameter of the command stands for, under the name that it has as a parameter.</summary>
/// <param name="Name">The name as a parameter: GenerateAudio for generate_audio.</param>
/// <param name="Member">The input.</param>
/// <param name="Alias">The model's own word for it, where it differs and is free; null otherwise.</param>
internal sealed record ModelInput(string Name, ModelParameter Member, string? Alias = null)
{
    /// <summary>Whether it takes files, as the parameters for media do.</summary>
    internal bool IsMedium => Member.MediaKind is not null;

    /// <summary>The .NET type of the parameter. Nothing is not zero: an empty cell of a table leaves an input out.</summary>
    internal Type Type => Member switch
    {
        _ when IsMedium => typeof(MediaSource[]),
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
