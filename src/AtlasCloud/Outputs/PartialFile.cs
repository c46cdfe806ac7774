using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>A file that is being written under a temporary name beside its target. It appears whole or not at all.</summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly SaveTarget _target;
    private readonly string _path;
    private readonly FileStream _stream;
    private bool _isDone;

    /// <exception cref="AtlasCloudException">The folder cannot be written to.</exception>
    internal PartialFile(SaveTarget target)
    {
        _target = target;
        _path = Path.Combine(target.Folder, $".{Guid.NewGuid():N}.partial");
        try
        {
            _stream = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.DownloadIncomplete,
                $"Nothing can be written to '{target.Folder}': {SafeText.Show(exception.Message, length: 200).TrimEnd('.')}.",
                exception)
            {
                RecommendedAction = "Choose another -Destination, or mend its permissions.",
                Target = target.Folder,
            };
        }
    }

    internal long Length => _stream.Length;

    internal ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Gives the file its name.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="AtlasCloudException">FileExists.</exception>
    internal async Task<string> CompleteAsync(FileType type, CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        string path = _target.PathFor(type);
        try
        {
            File.Move(_path, path, _target.Overwrite);
        }
        catch (IOException) when (File.Exists(path) || Directory.Exists(path))
        {
            throw Exists(path);
        }

        _isDone = true;
        return path;
    }

    /// <summary>Says early that the name is taken, before time is spent on bytes.</summary>
    /// <exception cref="AtlasCloudException">FileExists.</exception>
    internal static void CheckFree(SaveTarget target, FileType type)
    {
        string path = target.PathFor(type);
        if ((File.Exists(path) && !target.Overwrite) || Directory.Exists(path))
        {
            throw Exists(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Closing writes what is left, and a full disk refuses that: the file goes all the same.
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Remove();
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
            Diagnostics.Warning($"The unfinished file '{_path}' could not be removed.");
        }
    }

    private static AtlasCloudException Exists(string path) =>
        new(AtlasCloudErrorKind.FileExists, $"'{path}' exists and is not replaced.")
        {
            RecommendedAction = "Use -Force to replace it, or -Name for another name.",
            Target = path,
        };
}
