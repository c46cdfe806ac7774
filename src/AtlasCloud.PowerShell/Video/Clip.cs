using System.Globalization;

namespace AtlasCloud.PowerShell.Video;

/// <summary>A media file as ffprobe describes it.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Duration">The duration; null if unknown.</param>
/// <param name="Video">The properties of the video; null if there is none.</param>
/// <param name="Audio">The properties of the audio; null if there is none.</param>
internal sealed record Clip(string Path, TimeSpan? Duration, IReadOnlyDictionary<string, string>? Video, IReadOnlyDictionary<string, string>? Audio)
{
    private const string Entries =
        "stream=codec_type,codec_name,profile,level,width,height,pix_fmt,r_frame_rate,time_base,sample_rate,channels:format=duration,format_name";

    private const int MaxSide = 16384;

    /// <summary>The length that the film needs; null for the whole clip.</summary>
    internal TimeSpan? RequestedLength { get; init; }

    /// <summary>Whether the file is a still image, which ffprobe describes as a video as well.</summary>
    internal bool IsPicture { get; init; }

    /// <summary>The length in the film; null if unknown.</summary>
    internal TimeSpan? Length => RequestedLength ?? Duration;

    /// <summary>The width in pixels; 0 if unknown.</summary>
    internal int Width => Number("width");

    /// <summary>The height in pixels; 0 if unknown.</summary>
    internal int Height => Number("height");

    /// <summary>The frames per second as ffmpeg writes them, such as 24/1; null if unknown.</summary>
    internal string? FrameRate => Video?.GetValueOrDefault("r_frame_rate") is string rate && rate.Split('/') is [var frames, var seconds]
        && int.TryParse(frames, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int period) && period > 0 && count / period <= 240
        ? rate
        : null;

    /// <summary>The address of the file for ffmpeg, in which no name is an option or another protocol.</summary>
    internal static string Address(string path) => "file:" + path;

    /// <summary>The arguments of ffprobe. A playlist can name other files and addresses, so only files are opened.</summary>
    internal static IReadOnlyList<string> ProbeArguments(string path) =>
        ["-v", "error", "-protocol_whitelist", "file", "-show_entries", Entries, "-of", "compact", Address(path)];

    /// <summary>Reads the lines of ffprobe.</summary>
    internal static Clip Parse(string path, IEnumerable<string> lines)
    {
        IReadOnlyDictionary<string, string>? video = null, audio = null;
        TimeSpan? duration = null;
        bool isPicture = false;
        foreach (string line in lines)
        {
            string[] parts = line.Split('|');
            Dictionary<string, string> values = parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
            switch (parts[0], values.GetValueOrDefault("codec_type"))
            {
                case ("stream", "video"):
                    video ??= values;
                    break;
                case ("stream", "audio"):
                    audio ??= values;
                    break;
                case ("format", _) when values.GetValueOrDefault("format_name") is "image2" || values.GetValueOrDefault("format_name")?.EndsWith("_pipe", StringComparison.Ordinal) == true:
                    isPicture = true;
                    break;
                case ("format", _) when double.TryParse(values.GetValueOrDefault("duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1_000_000:
                    duration = TimeSpan.FromSeconds(seconds);
                    break;
            }
        }

        return new Clip(path, duration, video, audio) { IsPicture = isPicture };
    }

    /// <summary>Whether the streams of another clip can follow those of this one without being encoded again.</summary>
    internal bool HasFormatOf(Clip other) => AreEqual(Video, other.Video) && AreEqual(Audio, other.Audio);

    private static bool AreEqual(IReadOnlyDictionary<string, string>? first, IReadOnlyDictionary<string, string>? second) =>
        first is null || second is null
            ? ReferenceEquals(first, second)
            : first.Count == second.Count && first.All(p => second.TryGetValue(p.Key, out string? value) && value == p.Value);

    private int Number(string name) =>
        int.TryParse(Video?.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MaxSide ? value : 0;
}
