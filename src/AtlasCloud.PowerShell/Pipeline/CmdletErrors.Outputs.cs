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
}
