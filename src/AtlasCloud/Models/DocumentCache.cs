using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AtlasCloud.Http;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>
/// The documents of one service on disk, shared by processes. Nothing that is wrong with a file or a folder gets out of here:
/// what cannot be read is not there, and what cannot be written stays in memory.
/// </summary>
internal sealed class DocumentCache
{
    private const int LargestFile = 32 * 1024 * 1024;
    private const string LoopbackMark = "loopback_";

    private static readonly TimeSpan s_keepLoopback = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_keepOthers = TimeSpan.FromDays(60);

    // One level for our own object around the document.
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 65, AllowTrailingCommas = true };

    private readonly string? _all;
    private readonly string? _folder;
    private readonly TimeProvider _clock;

    /// <param name="cacheFolder">The folder for everything that is cached; null for no cache.</param>
    /// <param name="origin">The service.</param>
    /// <param name="clock">The clock that ages are measured with.</param>
    internal DocumentCache(string? cacheFolder, Uri origin, TimeProvider clock)
    {
        _clock = clock;
        _all = string.IsNullOrWhiteSpace(cacheFolder) ? null : Path.Join(cacheFolder, "catalog");
        _folder = _all is null ? null : Path.Join(_all, FolderName(origin));
    }

    /// <summary>A file name for a model: readable, and its own on file systems that do not tell upper from lower case.</summary>
    internal static string FileName(string id)
    {
        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..8];
        return $"{Safe(id.Length > 80 ? id[..80] : id).ToLowerInvariant()}.{digest.ToLowerInvariant()}.json";
    }

    /// <summary>Changes whenever another document takes the place of this one; null where there is no file.</summary>
    internal DateTime? StampOf(string name) => Guarded(name, path => File.Exists(path) ? File.GetLastWriteTimeUtc(path) : (DateTime?)null);

    /// <summary>What a file holds; null where there is none, or none that can be understood.</summary>
    /// <param name="name">The file, below the folder of the service.</param>
    /// <param name="source">The address that it has to be from.</param>
    /// <param name="read">Understands the document; null where it cannot. It must hold on to no part of it.</param>
    internal CacheEntry<T>? Read<T>(string name, string source, Func<JsonElement, T?> read)
        where T : class => Guarded(name, path =>
    {
        if (Load(path) is not byte[] content)
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

    /// <summary>Puts a document in the place of what is there.</summary>
    internal void Write(string name, CacheFile entry) => Guarded<object>(name, path =>
    {
        bool isNew = !Directory.Exists(_folder);
        PrivateFile.Replace(path, entry.ToBytes());
        if (isNew)
        {
            RemoveOldNeighbours();
        }

        return null;
    });

    /// <summary>Notes that the service has confirmed what is there.</summary>
    internal void Renew(string name, string source, DateTimeOffset readAt) => Guarded<object>(name, path =>
    {
        if (Load(path) is byte[] content)
        {
            using JsonDocument document = JsonDocument.Parse(content, s_limits);
            if (CacheFile.Read(document.RootElement, source) is CacheFile entry)
            {
                PrivateFile.Replace(path, (entry with { ReadAt = readAt }).ToBytes());
            }
        }

        return null;
    });

    /// <summary>Takes the right to read a document for all processes, until the result is disposed; false where another has it.</summary>
    internal bool TryTakeTurn(string name, out IDisposable? turn)
    {
        turn = null;
        if (_folder is null)
        {
            return true;
        }

        string path = Path.Join(_folder, name) + ".lock";
        try
        {
            PrivateFile.EnsureFolder(Path.GetDirectoryName(path)!);
            turn = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written has no turns to give: then everybody reads for himself.
            return exception is UnauthorizedAccessException || !File.Exists(path);
        }
    }

    private static string FolderName(Uri origin)
    {
        string name = Safe(origin.Host) + (origin.IsDefaultPort ? "" : $"_{origin.Port}");
        return Origin.IsLoopback(origin) ? LoopbackMark + name : name;
    }

    private static string Safe(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : c == '/' ? '-' : '_')).Trim('.');

    private static byte[]? Load(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > LargestFile)
        {
            return null;
        }

        using FileStream stream = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Utf8.IsValid(content) ? content : null;
    }

    // Each emulator has an address of its own, so their folders would become many.
    private void RemoveOldNeighbours()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (string neighbour in Directory.EnumerateDirectories(_all!).Where(d => d != _folder))
        {
            bool isLoopback = Path.GetFileName(neighbour).StartsWith(LoopbackMark, StringComparison.Ordinal);
            DateTimeOffset touched = Directory.EnumerateFileSystemEntries(neighbour).Append(neighbour).Max(Directory.GetLastWriteTimeUtc);
            if (now - touched > (isLoopback ? s_keepLoopback : s_keepOthers))
            {
                Directory.Delete(neighbour, recursive: true);
            }
        }
    }

    private TResult? Guarded<TResult>(string name, Func<string, TResult?> work)
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
            AtlasCloudLog.Verbose($"The cache could not be used: {SafeText.Sanitize(exception.Message, length: 200)}");
            return default;
        }
    }
}
