using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AtlasCloud.Emulation.Media;

/// <summary>Uploaded files, in a temporary folder that is deleted with the emulator.</summary>
internal sealed class MediaStore
{
    /// <summary>Larger files are measured and hashed, but not stored.</summary>
    internal const long MaximumStoredBytes = 256L * 1024 * 1024;

    private const int BufferLength = 256 * 1024;

    private readonly ConcurrentDictionary<string, StoredMedia> _files = new(StringComparer.Ordinal);
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("atlascloud-emulator-").FullName);

    internal StoredMedia? Find(string name) => _files.GetValueOrDefault(name);

    /// <summary>Reads a file to its end and stores it under a name.</summary>
    internal async Task<StoredMedia> StoreAsync(string name, string fileName, Stream content, CancellationToken cancellationToken)
    {
        string path = Path.Join(_folder.Value, Guid.NewGuid().ToString("N"));
        byte[] head = new byte[ContentSniffer.HeadLength];
        int headLength = 0;
        long length = 0;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        await using (file.ConfigureAwait(false))
        {
            byte[] buffer = new byte[BufferLength];
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (headLength < head.Length)
                {
                    int taken = Math.Min(read, head.Length - headLength);
                    buffer.AsSpan(0, taken).CopyTo(head.AsSpan(headLength));
                    headLength += taken;
                }

                hash.AppendData(buffer, 0, read);
                length += read;
                if (length <= MaximumStoredBytes)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
        }

        bool isStored = length <= MaximumStoredBytes;
        if (!isStored)
        {
            File.Delete(path);
        }

        string digest = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        StoredMedia media = new(isStored ? path : null, length, ContentSniffer.Detect(head.AsSpan(0, headLength), fileName), digest)
        {
            IsMislabeled = ContentSniffer.IsMislabeled(head.AsSpan(0, headLength), fileName),
        };
        _files[name] = media;
        return media;
    }

    /// <summary>Deletes the folder. Files cannot be downloaded after that.</summary>
    internal void Delete()
    {
        _files.Clear();
        if (!_folder.IsValueCreated)
        {
            return;
        }

        try
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that is still open stays behind until the system cleans its temporary folder.
        }
    }
}
