using AtlasCloud.Text;

namespace AtlasCloud.Defaults;

/// <summary>Creates the errors about the file of the user's defaults.</summary>
internal static class DefaultsErrors
{
    /// <summary>The file is not JSON.</summary>
    internal static AtlasCloudException NotJson(string path, int line, Exception cause) =>
        Create(path, line, $"it is not valid JSON ({SafeText.Sanitize(cause.Message.Split(" LineNumber:")[0], length: 200).TrimEnd('.')})", cause);

    /// <summary>A value is not valid.</summary>
    internal static AtlasCloudException Invalid(string path, int? line, string problem) => Create(path, line, problem, null);

    /// <summary>The file is a folder, is empty, or cannot be read.</summary>
    internal static AtlasCloudException Unreadable(string path, AtlasCloudErrorReason? reason, Exception? cause) => Create(path, null, reason switch
    {
        AtlasCloudErrorReason.FileIsFolder => "it is a folder",
        AtlasCloudErrorReason.FileEmpty => "it is empty or not a regular file",
        _ => $"it cannot be read ({SafeText.Sanitize(cause?.Message ?? "", length: 200).TrimEnd('.')})",
    }, cause);

    /// <summary>The file cannot be written.</summary>
    internal static AtlasCloudException Unwritable(string path, Exception cause) =>
        Create(path, null, $"it cannot be written ({SafeText.Sanitize(cause.Message, length: 200).TrimEnd('.')})", cause);

    /// <summary>The system defines no folder for the file.</summary>
    internal static AtlasCloudException NoFolder() => new(AtlasCloudErrorKind.InvalidParameter, "The defaults cannot be saved, because the system defines no folder for them.")
    {
        Reason = AtlasCloudErrorReason.DefaultsInvalid,
    };

    private static AtlasCloudException Create(string path, int? line, string problem, Exception? cause) => new(
        AtlasCloudErrorKind.InvalidParameter, $"The file of defaults '{path}'{(line is int number ? $", line {number}," : "")} cannot be used: {problem}.", cause)
    {
        Reason = AtlasCloudErrorReason.DefaultsInvalid,
        Value = path,
        Target = path,
    };
}
