using AtlasCloud.FileTypes;

namespace AtlasCloud.Outputs;

/// <summary>The destination of an output.</summary>
/// <param name="Folder">The folder, which must exist.</param>
/// <param name="Name">The file name without extension. The extension follows from the content.</param>
/// <param name="Overwrite">Whether an existing file is overwritten.</param>
/// <param name="Progress">Receives the bytes so far and the total, which is null if unknown. Called from any thread.</param>
internal sealed record SaveTarget(string Folder, string Name, bool Overwrite, Action<long, long?>? Progress = null)
{
    /// <summary>The maximum number of bytes to accept.</summary>
    internal long MaximumSize { get; init; } = SaveOptions.DefaultMaximumSize;

    /// <summary>Whether an existing file with identical content counts as saved. After a crash the file can exist without being recorded.</summary>
    internal bool AcceptsIdentical { get; init; }

    /// <summary>Creates the temporary file.</summary>
    internal Func<string, Stream> Open { get; init; } = static path =>
        new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.Asynchronous);

    /// <summary>Returns the full path for a file type.</summary>
    internal string GetPath(FileType type) => Path.Combine(Folder, Name + type.Extension);
}
