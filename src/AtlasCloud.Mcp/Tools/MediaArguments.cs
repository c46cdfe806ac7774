using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>Reads media arguments: addresses, and files below the input folder.</summary>
/// <param name="root">The input folder; null if no file may be read.</param>
internal sealed class MediaArguments(RootFolder? root)
{
    internal IReadOnlyList<MediaSource> Read(ToolArguments arguments, string name) => [.. arguments.Texts(name).Select(text => Read(text, name))];

    internal MediaSource? ReadOne(ToolArguments arguments, string name) => arguments.Text(name) is string text ? Read(text, name) : null;

    /// <summary>Returns the full path of a file below the input folder.</summary>
    /// <exception cref="AtlasCloudException">PermissionDenied: there is no input folder, or the path leaves it. InvalidParameter: it is not an ordinary file with content.</exception>
    internal string ReadPath(string text, string name)
    {
        if (root is null)
        {
            throw McpErrors.NoInputFolder(text, name);
        }

        string path = root.Resolve(text, name);

        // Devices, named pipes and sockets have no length, and opening one can wait forever.
        return new FileInfo(path) is { Exists: true, Length: > 0 } file && !file.Attributes.HasFlag(FileAttributes.Device) ? path : throw McpErrors.NotOrdinaryFile(text, name);
    }

    // A file address would bypass the root.
    private MediaSource Read(string text, string name) =>
        MediaSource.FromAddress(text) is { Path: null } address ? address : MediaSource.FromFile(ReadPath(text, name));
}
