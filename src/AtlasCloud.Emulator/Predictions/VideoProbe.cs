using AtlasCloud.Emulation.Media;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Measures the videos that a request refers to, if the emulator stores them.</summary>
internal sealed class VideoProbe
{
    private readonly MediaStore _media;
    private readonly TaskStore _tasks;

    internal VideoProbe(MediaStore media, TaskStore tasks) => (_media, _tasks) = (media, tasks);

    /// <summary>The duration in seconds of an upload or of an earlier output; null for any other address.</summary>
    internal decimal? GetDuration(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !uri.IsLoopback)
        {
            return null;
        }

        string[] parts = uri.AbsolutePath.Trim('/').Split('/');
        return parts switch
        {
            ["outputs", { } id, _] => _tasks.Find(id)?.Outputs.Seconds,
            ["media", { } name] => _media.Find(name)?.FilePath is { } path ? Mp4Duration.Read(path) : null,
            _ => null,
        };
    }
}
