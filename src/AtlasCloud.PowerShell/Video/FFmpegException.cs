namespace AtlasCloud.PowerShell.Video;

/// <summary>ffmpeg is not installed, or it failed.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class FFmpegException(string message) : Exception(message)
{
    /// <summary>Whether the program is not installed.</summary>
    internal bool IsMissing { get; init; }
}
