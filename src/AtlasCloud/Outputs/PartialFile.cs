using System.Security.Cryptography;
using AtlasCloud.FileTypes;
using AtlasCloud.Storage;

namespace AtlasCloud.Outputs;

/// <summary>A file that is being written under a temporary name beside its target. It appears whole or not at all.</summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly SaveTarget _target;
    private readonly string _path;
    private readonly Stream _stream;
    private readonly Checksums _checksums = new();
    private bool _isDone;

    /// <exception cref="AtlasCloudException">The folder cannot be written to.</exception>
    internal PartialFile(SaveTarget target)
    {
        _target = target;
        _path = Path.Combine(target.Folder, StalePartialFiles.NewName());
        try
        {
            _stream = target.Open(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _checksums.Dispose();
            throw DiskErrors.Create(target.Folder, exception, neededBytes: null);
        }
    }

    /// <summary>The bytes that were written.</summary>
    internal long Length { get; private set; }

    /// <summary>How many there will be; null where that is not known.</summary>
    internal long? Expected { get; set; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="AtlasCloudException">The disk does not take them.</exception>
    internal async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, Expected);
        }

        _checksums.Add(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Forgets everything that was written.</summary>
    /// <exception cref="AtlasCloudException">The disk does not allow it.</exception>
    internal void StartOver()
    {
        try
        {
            _stream.SetLength(0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, Expected);
        }

        _checksums.Reset();
        Length = 0;
        Expected = null;
    }

    /// <summary>Whether the bytes are those that the host announced. Asked once, when all are here.</summary>
    internal bool Fits(AnnouncedDigests announced) => _checksums.Fit(announced);

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="AtlasCloudException">FileExists, or the disk does not take the last bytes.</exception>
    internal async Task<SavedFile> CompleteAsync(FileType type, CancellationToken cancellationToken)
    {
        string path = _target.PathFor(type);
        try
        {
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);

            // To the disk itself: what has its name shall be whole after a power cut too.
            (_stream as FileStream)?.Flush(flushToDisk: true);
            await _stream.DisposeAsync().ConfigureAwait(false);
            _isDone = GiveName(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, Expected);
        }

        SavedFile saved = new() { Path = path, Length = Length, Sha256 = _checksums.Sha256() };
        return _isDone || (_target.AcceptsSame && await IsSameAsync(saved, cancellationToken).ConfigureAwait(false)) ? saved : throw OutputErrors.Exists(path);
    }

    /// <summary>Says early that the name is taken, before time is spent on bytes.</summary>
    /// <exception cref="AtlasCloudException">FileExists.</exception>
    internal static void CheckFree(SaveTarget target, FileType type)
    {
        string path = target.PathFor(type);
        if ((File.Exists(path) && !target.Overwrite && !target.AcceptsSame) || Directory.Exists(path))
        {
            throw OutputErrors.Exists(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Closing writes what is left, and a full disk refuses that: the file goes all the same.
        }
        finally
        {
            _checksums.Dispose();
            Remove();
        }
    }

    private static async Task<bool> IsSameAsync(SavedFile saved, CancellationToken cancellationToken)
    {
        try
        {
            FileStream there = new(saved.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous);
            await using (there.ConfigureAwait(false))
            {
                return there.Length == saved.Length
                    && Convert.ToHexString(await SHA256.HashDataAsync(there, cancellationToken).ConfigureAwait(false)).Equals(saved.Sha256, StringComparison.OrdinalIgnoreCase);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool GiveName(string path)
    {
        try
        {
            return AtomicRename.TryMove(_path, path, _target.Overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && _target.Overwrite && File.Exists(path))
        {
            // Windows replaces no file that is read-only or that a program has open.
            throw DiskErrors.CannotReplace(path, exception);
        }
    }

    private void Remove()
    {
        if (_isDone)
        {
            return;
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"The unfinished file '{_path}' could not be removed.");
        }
    }
}
