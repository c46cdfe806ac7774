using AtlasCloud.Defaults;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>
/// Values that are used if none is specified: models, the folder and the names of saved files, and the number of concurrent requests. They are in a JSON
/// file that people may edit. It contains no API key.
/// </summary>
public sealed record UserDefaults
{
    private readonly IReadOnlyList<string> _unknownMembers = ReadOnlyLists.Empty<string>();

    /// <summary>The model for images and 3D; null if there is none.</summary>
    public string? ImageModel { get; init; }

    /// <summary>The model for videos; null if there is none.</summary>
    public string? VideoModel { get; init; }

    /// <summary>The model for speech, music and transcription; null if there is none.</summary>
    public string? AudioModel { get; init; }

    /// <summary>The language model; null if there is none.</summary>
    public string? ChatModel { get; init; }

    /// <summary>The folder for saved files; null if there is none. A relative path starts at the current location, not at the folder of the file.</summary>
    public string? Destination { get; init; }

    /// <summary>The template for the names of saved files; null if there is none.</summary>
    public string? Name { get; init; }

    /// <summary>The maximum number of concurrent requests of a new client, from 1 to 256; null if there is none.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>The path of the file, which may not exist; null if the system defines no folder for it.</summary>
    public string? Path { get; init; }

    /// <summary>The members of the file that are not known, with their lines: "colour (line 3)". They have no effect.</summary>
    public IReadOnlyList<string> UnknownMembers { get => _unknownMembers; init => _unknownMembers = ReadOnlyLists.Create(value); }

    /// <summary>The line of each value in the file.</summary>
    internal IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>();

    /// <summary>Returns the default model for an endpoint; null if there is none.</summary>
    /// <param name="kind">The endpoint.</param>
    public string? GetModel(GenerationKind kind) => kind switch
    {
        GenerationKind.Image => ImageModel,
        GenerationKind.Video => VideoModel,
        _ => AudioModel,
    };

    /// <summary>Returns the file and the line of a value: "/home/user/.config/atlascloud/defaults.json, line 3".</summary>
    /// <param name="property">The name of the property.</param>
    public string Locate(string property) => Lines.TryGetValue(property, out int line) ? $"{Path}, line {line}" : Path ?? "";

    /// <summary>Returns the path of the file of the user: defaults.json below ATLASCLOUD_HOME, or in the configuration folder of the platform.</summary>
    /// <returns>The path; null if the system defines no folder for it.</returns>
    public static string? FindPath() => UserFolders.FromEnvironment().Config is string folder ? System.IO.Path.Join(folder, "defaults.json") : null;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path. A file that does not exist contains no defaults; null is the same.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (DefaultsInvalid): the file cannot be read, is not JSON, or a value is not valid. The message contains file and line.</exception>
    public static UserDefaults Load(string? path) => path is null || !System.IO.Path.Exists(path) ? new UserDefaults { Path = path } : DefaultsFile.Read(path);

    /// <summary>Writes the values to <see cref="Path"/>. Members of the file that are not known are kept.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter (DefaultsInvalid): a value is not valid, the file cannot be written, or the system defines no folder for it.</exception>
    public void Save() => DefaultsFile.Write(this);

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path ?? "";
}
