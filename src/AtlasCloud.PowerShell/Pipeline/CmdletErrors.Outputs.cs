namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    /// <summary>There is nothing to put into a gallery.</summary>
    internal static AtlasCloudException GalleryEmpty() => Invalid(
        "There are no results for the gallery. Nothing was written.", "Pipe the files of Save-AtlasOutput -Metadata, or specify the folder that contains them.", "InputObject");

    /// <summary>The pipeline input is not a result.</summary>
    internal static AtlasCloudException NoGalleryInput(object input) => Invalid(
        $"The pipeline input is of type {input.GetType().Name}, which is not a file, a folder or a prediction. It is not in the gallery.",
        "Pipe files of Save-AtlasOutput or Get-ChildItem, or predictions whose outputs are saved.",
        "InputObject");

    /// <summary>The journal has no saved files of a prediction.</summary>
    internal static AtlasCloudException PredictionWithoutFiles(string id) => new(
        AtlasCloudErrorKind.InvalidParameter, $"The journal has no saved files of prediction {id}. It is not in the gallery.")
    {
        Input = "InputObject",
        Value = id,
        PredictionId = id,
        RecommendedAction = $"Save its outputs first, and pipe the files: Get-AtlasPrediction {id} | Wait-AtlasPrediction | Save-AtlasOutput -Metadata | Export-AtlasGallery",
    };

    /// <summary>The name of a gallery is not that of a page.</summary>
    internal static AtlasCloudException GalleryNotHtml(string path) => Invalid(
        $"'{path}' is neither an existing folder nor a file name with the extension .html. Nothing was written.", "Specify a name such as ./gallery.html.", "Destination", path);

    /// <summary>The pipeline input is neither a file nor an output.</summary>
    internal static AtlasCloudException NoPictureInput(object input) => Invalid(
        $"The pipeline input is of type {input.GetType().Name}, which is not a prediction, an output or a file. Nothing is shown.", "Pipe predictions of Wait-AtlasPrediction, or files.", "InputObject");

    /// <summary>A prediction has no picture yet.</summary>
    internal static AtlasCloudException PictureNotFinished(string id) => new(
        AtlasCloudErrorKind.InvalidParameter, $"Prediction {id} has not finished, so there is nothing to show yet.")
    {
        PredictionId = id,
        RecommendedAction = $"Wait for it first: Wait-AtlasPrediction {id} | Show-AtlasOutput",
    };

    /// <summary>A file to show does not exist.</summary>
    internal static AtlasCloudException PictureMissing(string path) => Invalid(
        $"The file '{path}' does not exist, so it cannot be shown.", "Check the path. A relative path starts at the current location.", "Path", path);

    /// <summary>Something cannot be shown as a picture.</summary>
    internal static AtlasCloudException NoPicture(string subject, string problem, Exception? cause = null) => Invalid(
        $"{subject} {problem}, so it cannot be shown.", "Show-AtlasOutput shows PNG, JPEG, GIF, WebP and BMP images. Open other files with Invoke-Item.", cause: cause);
}
