namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Creates the errors of the cmdlets themselves, with their advice.</summary>
internal static class CmdletErrors
{
    /// <summary>A path belongs to another provider, such as the registry.</summary>
    internal static AtlasCloudException NotFileSystem(string parameter, string path, string provider) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"'{path}' is not a file system path but one of the provider {provider}. Nothing was saved.")
        {
            Input = parameter,
            Value = path,
            Target = path,
            RecommendedAction = "Specify a path in the file system, with its drive if the current location is elsewhere.",
        };
}
