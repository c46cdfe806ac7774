using System.Collections.Concurrent;

namespace AtlasCloud;

// In the root namespace, since AtlasCloud.Media is a type.

/// <summary>What a client knows about the files that it has read: their digests, and which sizes occur.</summary>
internal sealed class UploadedFiles(TimeProvider clock)
{
    /// <summary>Smaller files are digested before they are sent, which takes milliseconds. Larger ones while they are sent.</summary>
    internal const long MinLargeBytes = 8 * 1024 * 1024;

    // Some file systems record times in steps of two seconds: a file can change again without a new time.
    private static readonly TimeSpan s_minAge = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<FileState, string> _digests = new();
    private readonly ConcurrentDictionary<long, Task> _firstOfLength = new();

    /// <summary>Returns the digest of an unchanged file; null if it is unknown.</summary>
    internal string? FindDigest(FileState file) => _digests.GetValueOrDefault(file);

    /// <summary>Records the digest of a file that was in the same state before and after it was read.</summary>
    internal void Add(FileState file, string digest)
    {
        if (file == FileState.Of(file.Path) && clock.GetUtcNow() - file.Changed > s_minAge)
        {
            _digests[file] = digest;
        }
    }

    /// <summary>
    /// Reserves the length of a large file. A file of another length has other bytes, so the first one of its length can be sent before its digest is known.
    /// </summary>
    /// <param name="length">The length.</param>
    /// <param name="sending">Completes when the file was sent or has failed.</param>
    /// <returns>Null if the length is now reserved; otherwise the task of the file that reserved it.</returns>
    internal Task? Reserve(long length, Task sending)
    {
        Task first = _firstOfLength.GetOrAdd(length, sending);
        return ReferenceEquals(first, sending) ? null : first;
    }

    /// <summary>Removes a reservation, because the file was not sent.</summary>
    internal void Release(long length, Task sending) => _firstOfLength.TryRemove(new KeyValuePair<long, Task>(length, sending));

    /// <summary>What identifies the content of a file without reading it.</summary>
    /// <param name="Path">The full path.</param>
    /// <param name="Length">The size in bytes.</param>
    /// <param name="Changed">When it was last written to.</param>
    internal readonly record struct FileState(string Path, long Length, DateTimeOffset Changed)
    {
        internal static FileState Of(string path)
        {
            FileInfo file = new(path);
            return new FileState(file.FullName, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
        }
    }
}
