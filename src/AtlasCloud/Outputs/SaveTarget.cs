namespace AtlasCloud;

/// <summary>Where an output is to be kept.</summary>
/// <param name="Folder">The folder, which exists.</param>
/// <param name="Name">The name without an extension: that follows from the bytes.</param>
/// <param name="Overwrite">Whether an existing file may be replaced.</param>
/// <param name="Progress">Hears how far it has come, from any thread.</param>
internal sealed record SaveTarget(string Folder, string Name, bool Overwrite, Action<long, long?>? Progress = null)
{
    /// <summary>The most bytes to take; null for no limit.</summary>
    internal long? MaximumSize { get; init; }

    internal string PathFor(FileType type) => Path.Combine(Folder, Name + type.Extension);
}
