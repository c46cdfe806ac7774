using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Converts paths, files, addresses, data URIs, assets, uploads, outputs and predictions to media sources.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MediaSourceTransformationAttribute : ArgumentTransformationAttribute
{
    internal const string Expected = "a path, a file, a URL, a data URI, asset://, or the output of Send-AtlasMedia, Register-AtlasAsset or a New-Atlas command";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        CellReader.ReadMediaArgument(inputData, engineIntrinsics.SessionState.Path).ToArgument(PSObjects.Unwrap(inputData));

    /// <summary>Returns the media of a value. Relative paths start at the current location.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a path is not one of the file system.</exception>
    internal static IEnumerable<MediaSource> Convert(PathIntrinsics paths, object? value) => Deserialized.Restore(value) switch
    {
        null => [],
        string blank when InputText.IsBlank(blank) => [],
        MediaSource source => [source],
        Media media => [MediaSource.FromMedia(media)],
        Asset asset => [asset.ToMediaSource()],
        Output output => [output.ToMediaSource()],
        Prediction prediction => prediction.Outputs.Where(o => o.Kind is not MediaKind.Text && o.Role is OutputRole.Result).Select(o => o.ToMediaSource()),
        FileInfo file => [MediaSource.FromFile(file.FullName)],
        Uri uri => FromText(paths, uri.OriginalString),
        string text => FromText(paths, text),
        IEnumerable items => items.Cast<object?>().SelectMany(item => Convert(paths, item)),
        object other => throw new ArgumentTransformationMetadataException($"Media must be {Expected}, not a {other.GetType().Name}."),
    };

    private static IEnumerable<MediaSource> FromText(PathIntrinsics paths, string text) =>
        MediaSource.FromAddress(text) is MediaSource address ? [address] : FilePattern.ResolveMedia(paths, text).Select(MediaSource.FromFile);
}
