using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Media;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Examines the media that a request refers to, if the emulator stores them.</summary>
internal sealed class VideoProbe
{
    private readonly MediaStore _media;
    private readonly TaskStore _tasks;

    internal VideoProbe(MediaStore media, TaskStore tasks) => (_media, _tasks) = (media, tasks);

    /// <summary>Whether a value of the request, or a part of it, is an upload whose extension is that of another format.</summary>
    internal bool IsMislabeled(JsonNode? value) => value switch
    {
        JsonArray items => items.Any(IsMislabeled),
        JsonObject members => members.Any(m => IsMislabeled(m.Value)),
        JsonValue text when text.GetValueKind() == JsonValueKind.String =>
            Uri.TryCreate(text.GetValue<string>(), UriKind.Absolute, out Uri? uri) && uri.IsLoopback
            && uri.AbsolutePath.Trim('/').Split('/') is ["media", { } name] && _media.Find(name)?.IsMislabeled == true,
        _ => false,
    };

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
