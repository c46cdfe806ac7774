using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Video;

/// <summary>The file of a film. It is written under a temporary name next to it, and appears when it is complete.</summary>
/// <param name="path">The full path.</param>
/// <param name="overwrite">Whether an existing file is replaced.</param>
internal sealed class FilmFile(string path, bool overwrite)
{
    private readonly string? _format = Path.GetExtension(path).ToUpperInvariant() switch { ".MP4" => "mp4", ".MOV" => "mov", ".MKV" => "matroska", _ => null };

    /// <summary>Checks the name before anything is read.</summary>
    /// <param name="clips">The clips, none of which may be the film.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the extension is not supported, or the film is one of the clips. FileExists: the name is taken.</exception>
    internal void EnsureWritable(IEnumerable<string> clips)
    {
        if (_format is null)
        {
            throw CmdletErrors.FilmFormatUnknown(path);
        }

        if (clips.Contains(path, OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase))
        {
            throw CmdletErrors.FilmIsClip(path);
        }

        if (Directory.Exists(path) || (File.Exists(path) && !overwrite))
        {
            throw CmdletErrors.FilmExists(path);
        }
    }

    /// <summary>Writes the film. No other file remains, also if it fails.</summary>
    /// <exception cref="FFmpegException">ffmpeg failed.</exception>
    /// <exception cref="AtlasCloudException">FileExists: the name was taken in the meantime.</exception>
    internal async Task WriteAsync(FFmpeg ffmpeg, Film film, Action<TimeSpan> onProgress, CancellationToken stopping)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string name = Path.Combine(folder, $".{Guid.NewGuid():N}");
        (string partial, string list) = (name + ".partial", name + ".list");
        try
        {
            await File.WriteAllTextAsync(list, film.CreateList(), stopping).ConfigureAwait(false);
            await ffmpeg.EncodeAsync(film.CreateArguments(list, partial, _format!), onProgress, stopping).ConfigureAwait(false);
            Move(partial);
        }
        finally
        {
            File.Delete(list);
            File.Delete(partial);
        }
    }

    private void Move(string partial)
    {
        try
        {
            File.Move(partial, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw CmdletErrors.FilmExists(path);
        }
    }
}
