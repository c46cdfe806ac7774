using System.Security.Cryptography;
using AtlasCloud.FileTypes;
using AtlasCloud.Storage;

namespace AtlasCloud.Outputs;

/// <summary>A file that is written under a temporary name in the target's folder, and renamed once it is complete.</summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly SaveTarget _target;
    private readonly string _path;
    private readonly Stream _stream;
    private readonly Checksums _checksums = new();
    private bool _isComplete;

    /// <summary>Creates the temporary file.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the folder cannot be written to.</exception>
    internal PartialFile(SaveTarget target)
    {
        _target = target;
        _path = Path.Combine(target.Folder, StalePartialFiles.CreateName());
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

    /// <summary>The number of bytes written.</summary>
    internal long Length { get; private set; }

    /// <summary>The number of bytes of the complete file; null if unknown.</summary>
    internal long? ExpectedLength { get; set; }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the disk is full or not writable.</exception>
    internal async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, ExpectedLength);
        }

        _checksums.Add(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Removes all content, so that the file can be downloaded from the start.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the file cannot be truncated.</exception>
    internal void Reset()
    {
        try
        {
            _stream.SetLength(0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, ExpectedLength);
        }

        _checksums.Reset();
        Length = 0;
        ExpectedLength = null;
    }

    /// <summary>Whether the content matches the announced digests. Can be called once, when the file is complete.</summary>
    internal bool Matches(AnnouncedDigests announced) => _checksums.Matches(announced);

    /// <summary>Checks that the content reaches the end that its format defines.</summary>
    /// <returns>What is missing; null if the file is complete, or its type defines no end.</returns>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the file cannot be read.</exception>
    internal string? FindDamage(FileType type)
    {
        if (!_stream.CanRead || !_stream.CanSeek)
        {
            return null;
        }

        try
        {
            string? damage = FileStructure.FindDamage(_stream, type);
            _stream.Position = Length;
            return damage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, ExpectedLength);
        }
    }

    /// <summary>Flushes the file to disk and renames it to its final name.</summary>
    /// <exception cref="AtlasCloudException">FileExists: the name is taken. DownloadIncomplete: the file cannot be flushed or renamed.</exception>
    internal async Task<SavedFile> CompleteAsync(FileType type, CancellationToken cancellationToken)
    {
        string path = _target.GetPath(type);
        try
        {
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);

            // Flushed to the device, so that a file with its final name is complete even after a power failure.
            (_stream as FileStream)?.Flush(flushToDisk: true);
            await _stream.DisposeAsync().ConfigureAwait(false);
            _isComplete = TryRename(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Create(_target.Folder, exception, ExpectedLength);
        }

        SavedFile saved = new() { Path = path, Length = Length, Sha256 = _checksums.GetSha256() };
        return _isComplete || (_target.AcceptsIdentical && await IsIdenticalAsync(saved, cancellationToken).ConfigureAwait(false)) ? saved : throw OutputErrors.Exists(path);
    }

    /// <summary>Checks that the name is available, before the content is downloaded.</summary>
    /// <exception cref="AtlasCloudException">FileExists: the name is taken.</exception>
    internal static void EnsureNotTaken(SaveTarget target, FileType type)
    {
        string path = target.GetPath(type);
        if ((File.Exists(path) && !target.Overwrite && !target.AcceptsIdentical) || Directory.Exists(path))
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
            // Closing flushes the buffer, which fails on a full disk. The file is deleted anyway.
        }
        finally
        {
            _checksums.Dispose();
            DeleteIfIncomplete();
        }
    }

    private static async Task<bool> IsIdenticalAsync(SavedFile saved, CancellationToken cancellationToken)
    {
        try
        {
            FileStream existing = new(saved.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous);
            await using (existing.ConfigureAwait(false))
            {
                return existing.Length == saved.Length
                    && Convert.ToHexString(await SHA256.HashDataAsync(existing, cancellationToken).ConfigureAwait(false)).Equals(saved.Sha256, StringComparison.OrdinalIgnoreCase);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool TryRename(string path)
    {
        try
        {
            return AtomicRename.TryMove(_path, path, _target.Overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && _target.Overwrite && File.Exists(path))
        {
            // Windows does not replace a file that is read-only or open in another program.
            throw DiskErrors.CannotReplace(path, exception);
        }
    }

    private void DeleteIfIncomplete()
    {
        if (_isComplete)
        {
            return;
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"The incomplete file '{_path}' could not be deleted.");
        }
    }
}
