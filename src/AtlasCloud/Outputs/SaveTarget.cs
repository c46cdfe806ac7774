using AtlasCloud.FileTypes;

namespace AtlasCloud.Outputs;

/// <summary>Where an output is to be kept.</summary>
/// <param name="Folder">The folder, which exists.</param>
/// <param name="Name">The name without an extension: that follows from the bytes.</param>
/// <param name="Overwrite">Whether an existing file may be replaced.</param>
/// <param name="Progress">Hears how far it has come, from any thread.</param>
internal sealed record SaveTarget(string Folder, string Name, bool Overwrite, Action<long, long?>? Progress = null)
{
    /// <summary>The most bytes to take.</summary>
    internal long MaximumSize { get; init; } = SaveOptions.DefaultMaximumSize;

    /// <summary>Whether a file of the same content that is there already will do. So it is after a crash, which may have come right behind the save.</summary>
    internal bool AcceptsSame { get; init; }

    /// <summary>Opens the new file under its temporary name.</summary>
    internal Func<string, Stream> Open { get; init; } = static path =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);

    internal string PathFor(FileType type) => Path.Combine(Folder, Name + type.Extension);
}
