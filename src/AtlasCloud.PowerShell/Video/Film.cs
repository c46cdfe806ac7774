using System.Globalization;
using System.Text;

namespace AtlasCloud.PowerShell.Video;

/// <summary>Clips in sequence, with an optional soundtrack, as arguments of ffmpeg.</summary>
/// <param name="clips">The clips. Each has video.</param>
/// <param name="soundtrack">The audio that replaces that of the clips; null for none.</param>
internal sealed class Film(IReadOnlyList<Clip> clips, Clip? soundtrack)
{
    private const string DefaultFrameRate = "30";

    private static readonly string[] s_files = ["-protocol_whitelist", "file"];

    /// <summary>The duration; null if that of a clip is unknown.</summary>
    internal TimeSpan? Duration => clips.All(c => c.Length is not null) ? TimeSpan.FromTicks(clips.Sum(c => c.Length!.Value.Ticks)) : null;

    /// <summary>
    /// Whether the video is copied without loss. That needs whole clips of one format, and names that a list can contain: it has one name per line.
    /// </summary>
    internal bool IsCopied => clips.All(clips[0].HasFormatOf) && clips.All(c => c.RequestedLength is null) && clips.All(c => !c.Path.AsSpan().ContainsAny('\n', '\r'));

    /// <summary>Returns the list of clips that a copy reads.</summary>
    internal string CreateList()
    {
        StringBuilder list = new("ffconcat version 1.0\n");
        foreach (Clip clip in clips)
        {
            list.Append("file '").Append(Clip.Address(clip.Path).Replace("'", @"'\''", StringComparison.Ordinal)).Append("'\n");
        }

        return list.ToString();
    }

    /// <summary>Returns the arguments.</summary>
    /// <param name="list">The file with <see cref="CreateList"/>, which only a copy reads.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="format">Its format, such as mp4.</param>
    internal IReadOnlyList<string> CreateArguments(string list, string target, string format) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-progress", "pipe:1", "-y",
        .. IsCopied ? CopyArguments(list) : EncodeArguments(),
        .. soundtrack is not null && Duration is TimeSpan duration ? ["-t", Seconds(duration)] : Array.Empty<string>(),
        .. format is "mp4" or "mov" ? ["-movflags", "+faststart"] : Array.Empty<string>(),
        "-map_metadata", "-1", "-f", format, Clip.Address(target),
    ];

    private IReadOnlyList<string> CopyArguments(string list) =>
    [
        "-f", "concat", "-safe", "0", .. s_files, "-i", Clip.Address(list),
        .. soundtrack is null
            ? ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"]
            : (string[])[.. s_files, "-i", Clip.Address(soundtrack.Path), "-map", "0:v:0", "-map", "1:a:0", "-c:v", "copy", "-af", "apad", .. EndWithVideo(), "-c:a", "aac", "-b:a", "192k"],
    ];

    // The audio is continued by silence. Without a known duration, it ends with the video.
    private IReadOnlyList<string> EndWithVideo() => Duration is null ? ["-shortest"] : [];

    private IReadOnlyList<string> EncodeArguments()
    {
        bool hasAudio = soundtrack is null && clips.Any(c => c.Audio is not null);
        return
        [
            .. clips.SelectMany(c => (string[])[.. s_files, "-i", Clip.Address(c.Path)]),
            .. soundtrack is null ? [] : (string[])[.. s_files, "-i", Clip.Address(soundtrack.Path)],
            "-filter_complex", CreateFilter(hasAudio), "-map", "[v]",
            .. hasAudio ? ["-map", "[a]"] : soundtrack is null ? [] : (string[])["-map", $"{clips.Count}:a:0", "-af", "apad", .. EndWithVideo()],
            "-c:v", "libx264", "-preset", "medium", "-crf", "18", "-c:a", "aac", "-b:a", "192k",
        ];
    }

    // All clips get the size of the largest one, with bars where the aspect ratio differs, and its frame rate.
    private string CreateFilter(bool hasAudio)
    {
        Clip largest = clips.MaxBy(c => (long)c.Width * c.Height)!;
        (int width, int height) = (Math.Max(2, largest.Width / 2 * 2), Math.Max(2, largest.Height / 2 * 2));
        StringBuilder filter = new();
        for (int i = 0; i < clips.Count; i++)
        {
            filter.Append(CultureInfo.InvariantCulture, $"[{i}:v:0]scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,")
                .Append(CultureInfo.InvariantCulture, $"setsar=1,fps={largest.FrameRate ?? DefaultFrameRate},format=yuv420p{Fit(clips[i], "tpad=stop_mode=clone:stop_duration=", "trim")}[v{i}];");
            if (hasAudio)
            {
                filter.Append(clips[i].Audio is null ? $"aevalsrc=0:d={Seconds(clips[i].Length ?? TimeSpan.Zero)}" : $"[{i}:a:0]anull{Fit(clips[i], "apad=pad_dur=", "atrim")}")
                    .Append(CultureInfo.InvariantCulture, $",aformat=sample_rates=48000:channel_layouts=stereo[a{i}];");
            }
        }

        for (int i = 0; i < clips.Count; i++)
        {
            filter.Append(CultureInfo.InvariantCulture, $"[v{i}]").Append(hasAudio ? $"[a{i}]" : "");
        }

        return filter.Append(CultureInfo.InvariantCulture, $"concat=n={clips.Count}:v=1:a={(hasAudio ? 1 : 0)}[v]").Append(hasAudio ? "[a]" : "").ToString();
    }

    // A clip that is too short is continued by its last frame and by silence, one that is too long is cut.
    private static string Fit(Clip clip, string pad, string cut) =>
        clip.RequestedLength is TimeSpan length ? $",{pad}{Seconds(length)},{cut}=duration={Seconds(length)}" : "";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
