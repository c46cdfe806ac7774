using System.Security.Cryptography;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Storage;

namespace AtlasCloud.Requests;

/// <summary>Reads the metadata of a saved file, and finds the files that were uploaded for its request.</summary>
internal static class RequestFile
{
    // A request can contain media as data URIs.
    private const long MaxBytes = 64 * 1024 * 1024;
    private const string Extension = ".json";

    internal static Request Read(string path, IReadOnlyList<string> inputPaths)
    {
        string file = Path.GetFullPath(path);
        JsonElement metadata = Parse(file);
        Request request = RequestReader.Read(metadata, file) ?? throw RequestErrors.MetadataWithoutRequest(file);
        string[] searched = [.. inputPaths.Select(Path.GetFullPath), Path.GetDirectoryName(file)!];
        return request with { Source = file, Uploads = [.. request.Uploads.Select(u => u with { Path = FindFile(u, searched) })] };
    }

    /// <summary>Returns the metadata of a saved file, whose extension may be .json as well; else the path itself if it has that extension.</summary>
    internal static string FindMetadata(string path) =>
        File.Exists(path + Extension) ? path + Extension
        : Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) || !Path.Exists(path) ? path
        : throw RequestErrors.MetadataMissing(path);

    private static JsonElement Parse(string file)
    {
        LocalFile.EnsureReadable(file);
        try
        {
            return new FileInfo(file).Length > MaxBytes ? throw RequestErrors.MetadataInvalid(file, $"it is larger than {MaxBytes / 1024 / 1024} MiB")
                : JsonText.Parse(File.ReadAllBytes(file)) ?? throw RequestErrors.MetadataInvalid(file, "it is not JSON, or has too many values or levels");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.FileUnreadable(file, exception);
        }
    }

    private static string? FindFile(RequestUpload upload, IEnumerable<string> searched) => upload.Name is not string name ? null
        : searched.Select(p => Directory.Exists(p) ? Path.Join(p, name) : p).FirstOrDefault(p => HasContent(p, upload));

    // A link is not followed: it could lead to any file, and its folder may come from someone else.
    private static bool HasContent(string path, RequestUpload upload)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: > 0 } file || (upload.Length is long length && length != file.Length))
            {
                return false;
            }

            using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexString(SHA256.HashData(content)).Equals(upload.Sha256, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
