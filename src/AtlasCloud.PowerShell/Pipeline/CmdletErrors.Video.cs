namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    /// <summary>A clip or the soundtrack does not exist.</summary>
    internal static AtlasCloudException ClipMissing(string path) => Invalid(
        $"The file '{path}' does not exist or is a folder. Nothing was written.", "Check the path. A relative path starts at the current location.", "Path", path);

    /// <summary>The pipeline contains no clip.</summary>
    internal static AtlasCloudException NoClips() => Invalid(
        "There are no clips. Nothing was written.", "Specify the clips with -Path, or check the command that provides them.", "InputObject");

    /// <summary>A clip is a picture, of which ffmpeg would make a video of one frame.</summary>
    internal static AtlasCloudException ClipIsPicture(string path) => Invalid(
        $"The file '{path}' is an image, not a video. Nothing was written.", "Specify videos only. New-AtlasVideo -Image makes a video of an image.", "Path", path);

    /// <summary>The pipeline input is not a clip.</summary>
    internal static AtlasCloudException NoClipInput(object input) => Invalid(
        $"The pipeline input is of type {input.GetType().Name}, which is not a file, a path or an object with a property Path. Nothing was written.",
        "Save predictions first, and pipe the files: Save-AtlasOutput ./clips | Join-AtlasVideo ./film.mp4",
        "InputObject");

    /// <summary>A file contains no video.</summary>
    internal static AtlasCloudException ClipWithoutVideo(string path) => Invalid(
        $"The file '{path}' contains no video. Nothing was written.", "Specify videos only. -Audio takes the soundtrack.", "Path", path);

    /// <summary>A file contains no audio.</summary>
    internal static AtlasCloudException SoundtrackWithoutAudio(string path) => Invalid(
        $"The file '{path}' contains no audio. Nothing was written.", "Specify an audio file, or a video with audio.", "Audio", path);

    /// <summary>The film has a name of another format.</summary>
    internal static AtlasCloudException FilmFormatUnknown(string path) => Invalid(
        $"'{path}' does not have the extension .mp4, .mov or .mkv. Nothing was written.", "Specify a name such as ./film.mp4.", "Destination", path);

    /// <summary>The film would replace one of its clips.</summary>
    internal static AtlasCloudException FilmIsClip(string path) => Invalid(
        $"'{path}' is both a clip and the film. Nothing was written.", "Specify another name for the film, or a pattern that does not match it.", "Destination", path);

    /// <summary>The name of the film is taken.</summary>
    internal static AtlasCloudException FilmExists(string path) => new(AtlasCloudErrorKind.FileExists, $"'{path}' already exists. It was not overwritten.")
    {
        Value = path,
        Target = path,
        RecommendedAction = "Use -Force to overwrite it, or specify another name.",
    };
}
