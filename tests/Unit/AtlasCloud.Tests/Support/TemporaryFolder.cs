using System.Collections.Concurrent;

namespace AtlasCloud.Tests;

/// <summary>A temporary folder for one test. Objects that write to it are disposed before it is deleted.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // Reached only if a disposal hangs.
    private static readonly TimeSpan s_longestDispose = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<IAsyncDisposable> _owned = [];

    internal string Path { get; } = Directory.CreateTempSubdirectory("atlascloud-").FullName;

    /// <summary>The names of all entries, including hidden files.</summary>
    internal IReadOnlyList<string> Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(p => System.IO.Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    internal string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Disposes the object before the folder is deleted.</summary>
    internal T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    public void Dispose()
    {
        Task all = Task.WhenAll(_owned.Select(o => o.DisposeAsync().AsTask()));
        Assert.True(all.Wait(s_longestDispose), "What writes into the folder was not disposed in time.");
        Directory.Delete(Path, recursive: true);
    }
}
