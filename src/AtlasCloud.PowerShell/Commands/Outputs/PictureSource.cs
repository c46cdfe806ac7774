using AtlasCloud.Pictures;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Finds and reads the pictures of files, outputs and predictions.</summary>
/// <param name="client">Downloads outputs.</param>
internal sealed class PictureSource(AtlasCloudClient client)
{
    private const long MaxLength = 256L * 1024 * 1024;

    private static readonly HashSet<string> s_videos = new(StringComparer.OrdinalIgnoreCase) { ".mp4", ".mov", ".webm", ".mkv", ".avi" };

    /// <summary>Whether a file is a video, by its extension.</summary>
    internal static bool IsVideo(string path) => s_videos.Contains(Path.GetExtension(path));

    /// <summary>Returns the images of a prediction, or else its cover or last frame.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it has none, or has not finished.</exception>
    internal static IReadOnlyList<Output> FindPictures(Prediction prediction)
    {
        if (!prediction.IsFinished)
        {
            throw CmdletErrors.PictureNotFinished(prediction.Id);
        }

        Output[] images = [.. prediction.Outputs.Where(o => o.Kind == MediaKind.Image || IsFrame(o))];
        Output[] results = [.. images.Where(o => !IsFrame(o))];
        return results.Length > 0 ? results
            : images.Length > 0 ? [images.OrderBy(o => o.Role == OutputRole.Thumbnail ? 0 : 1).First()]
            : throw CmdletErrors.NoPicture($"Prediction {prediction.Id}", "has no image, and no cover or last frame of its video");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is missing, a folder, a video or too large.</exception>
    internal static byte[] ReadFile(string path)
    {
        string name = $"'{path}'";
        return Directory.Exists(path) ? throw CmdletErrors.NoPicture(name, "is a folder")
            : new FileInfo(path) is not { Exists: true } file ? throw CmdletErrors.PictureMissing(path)
            : IsVideo(path) ? throw CmdletErrors.NoPicture(name, "is a video, whose cover is available only from its prediction")
            : ((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? file).Length == 0 ? throw CmdletErrors.NoPicture(name, "is empty, or is a pipe or a device")
            : file.Length > MaxLength ? throw CmdletErrors.NoPicture(name, $"is larger than {MaxLength / 1024 / 1024} MB")
            : File.ReadAllBytes(path);
    }

    /// <summary>Downloads an output to a temporary file, and returns its content.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is not a picture. DownloadIncomplete: it cannot be downloaded.</exception>
    internal async Task<byte[]> DownloadAsync(Output output, CancellationToken stopping)
    {
        if (output.Kind is not (MediaKind.Image or MediaKind.Unknown) && !IsFrame(output))
        {
            throw CmdletErrors.NoPicture($"Output {output.Index} of prediction {output.PredictionId}", $"is of the kind {output.Kind}");
        }

        string folder = Directory.CreateTempSubdirectory("atlascloud-").FullName;
        try
        {
            SavedFile file = await client.Outputs.SaveAsync(output, folder, "picture", overwrite: true, stopping).ConfigureAwait(false);
            return await File.ReadAllBytesAsync(file.Path, stopping).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is damaged, too large, or of another format.</exception>
    internal static Picture Decode(string name, byte[] content)
    {
        try
        {
            using MemoryStream file = new(content, writable: false);
            return Picture.Load(file);
        }
        catch (PictureException exception)
        {
            throw CmdletErrors.NoPicture($"'{TerminalText.ToSingleLine(name, 200)}'", exception.Message, exception);
        }
    }

    private static bool IsFrame(Output output) => output.Role is OutputRole.Thumbnail or OutputRole.LastFrame;
}
