using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AtlasCloud.Http;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>
/// The documents of one service on disk, shared between processes. File system errors do not leave this class: a file that cannot be
/// read counts as missing, and a document that cannot be written is cached in memory only.
/// </summary>
internal sealed class CacheFolder
{
    private const int MaxFileBytes = 32 * 1024 * 1024;
    private const string LoopbackPrefix = "loopback_";

    private static readonly TimeSpan s_loopbackRetention = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_retention = TimeSpan.FromDays(60);

    // One level more than the limit for documents, for the object around them.
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 65, AllowTrailingCommas = true };

    private readonly string? _root;
    private readonly string? _folder;
    private readonly TimeProvider _clock;

    /// <param name="cacheFolder">The folder for all caches; null to cache in memory only.</param>
    /// <param name="origin">The service.</param>
    /// <param name="clock">The clock to measure ages with.</param>
    internal CacheFolder(string? cacheFolder, Uri origin, TimeProvider clock)
    {
        _clock = clock;
        _root = string.IsNullOrWhiteSpace(cacheFolder) ? null : Path.Join(cacheFolder, "catalog");
        _folder = _root is null ? null : Path.Join(_root, GetFolderName(origin));
    }

    /// <summary>Returns a file name for a model: readable, and unique on file systems that ignore case.</summary>
    internal static string GetFileName(string id)
    {
        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..8];
        return $"{ReplaceUnsafeCharacters(id.Length > 80 ? id[..80] : id).ToLowerInvariant()}.{digest.ToLowerInvariant()}.json";
    }

    /// <summary>Returns a time that changes whenever the document is replaced; null if there is no file.</summary>
    internal DateTime? GetTimestamp(string name) => TryRun(name, path => File.Exists(path) ? File.GetLastWriteTimeUtc(path) : (DateTime?)null);

    /// <summary>Reads a document; null if there is no file or it cannot be parsed.</summary>
    /// <param name="name">The file, relative to the folder of the service.</param>
    /// <param name="source">The address that it must have been read from.</param>
    /// <param name="read">Parses the document; returns null if it cannot. It must not keep references into the document, which is disposed.</param>
    internal CacheEntry<T>? Read<T>(string name, string source, Func<JsonElement, T?> read)
        where T : class => TryRun(name, path =>
    {
        if (ReadFile(path) is not byte[] content)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(content, s_limits);
        if (CacheFile.Read(document.RootElement, source) is not CacheFile entry)
        {
            return null;
        }

        T? value = entry.Document is JsonElement inside ? read(inside) : null;
        return value is null && entry.Document is not null ? null : new CacheEntry<T>(value, entry.ReadAt, entry.ETag);
    });

    /// <summary>Writes a document, replacing the previous one.</summary>
    internal void Write(string name, CacheFile entry) => TryRun<object>(name, path =>
    {
        bool isNew = !Directory.Exists(_folder);
        PrivateFile.Replace(path, entry.ToBytes());
        if (isNew)
        {
            DeleteUnusedFolders();
        }

        return null;
    });

    /// <summary>Records that the service has confirmed the document.</summary>
    internal void UpdateReadTime(string name, string source, DateTimeOffset readAt) => TryRun<object>(name, path =>
    {
        if (ReadFile(path) is byte[] content)
        {
            using JsonDocument document = JsonDocument.Parse(content, s_limits);
            if (CacheFile.Read(document.RootElement, source) is CacheFile entry)
            {
                PrivateFile.Replace(path, (entry with { ReadAt = readAt }).ToBytes());
            }
        }

        return null;
    });

    /// <summary>Acquires the lock for refreshing a document across processes, until the result is disposed; false if another process holds it.</summary>
    internal bool TryAcquireRefreshLock(string name, out IDisposable? refreshLock)
    {
        refreshLock = null;
        if (_folder is null)
        {
            return true;
        }

        string path = Path.Join(_folder, name) + ".lock";
        try
        {
            PrivateFile.EnsureFolder(Path.GetDirectoryName(path)!);
            refreshLock = PrivateFile.OpenUnlinked(path, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In a folder that cannot be written nothing can be locked, so every process refreshes for itself.
            return exception is UnauthorizedAccessException || !File.Exists(path);
        }
    }

    private static string GetFolderName(Uri origin)
    {
        string name = ReplaceUnsafeCharacters(origin.Host) + (origin.IsDefaultPort ? "" : $"_{origin.Port}");
        return Origin.IsLoopback(origin) ? LoopbackPrefix + name : name;
    }

    private static string ReplaceUnsafeCharacters(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : c == '/' ? '-' : '_')).Trim('.');

    private static byte[]? ReadFile(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > MaxFileBytes)
        {
            return null;
        }

        using FileStream stream = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Utf8.IsValid(content) ? content : null;
    }

    // Every emulator has its own port, so their folders would accumulate.
    private void DeleteUnusedFolders()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (string folder in Directory.EnumerateDirectories(_root!).Where(d => d != _folder))
        {
            bool isLoopback = Path.GetFileName(folder).StartsWith(LoopbackPrefix, StringComparison.Ordinal);
            DateTimeOffset touched = Directory.EnumerateFileSystemEntries(folder).Append(folder).Max(Directory.GetLastWriteTimeUtc);
            if (now - touched > (isLoopback ? s_loopbackRetention : s_retention))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private TResult? TryRun<TResult>(string name, Func<string, TResult?> work)
    {
        if (_folder is null)
        {
            return default;
        }

        try
        {
            return work(Path.Join(_folder, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            AtlasCloudLog.Verbose($"The catalog cache is unavailable: {SafeText.Sanitize(exception.Message, length: 200)}");
            return default;
        }
    }
}
