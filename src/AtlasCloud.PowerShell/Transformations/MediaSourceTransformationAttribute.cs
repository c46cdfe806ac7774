using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Takes a medium as a path, a file, an address, a data URI, an asset, an upload, an output or a whole prediction.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MediaSourceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Convert(engineIntrinsics.SessionState.Path, inputData).ToArray();

    /// <summary>The media that a value stands for. Relative paths are taken from the current location.</summary>
    internal static IEnumerable<MediaSource> Convert(PathIntrinsics paths, object? value) => Deserialized.Restore(value) switch
    {
        null or "" => [],
        MediaSource source => [source],
        Media media => [MediaSource.FromMedia(media)],
        Output output => [MediaSource.FromOutput(output)],
        Prediction prediction => prediction.Outputs.Where(o => o.Kind is not MediaKind.Text && o.Role is OutputRole.Result).Select(MediaSource.FromOutput),
        FileInfo file => [MediaSource.FromFile(file.FullName)],
        Uri uri => FromText(paths, uri.OriginalString),
        string text => FromText(paths, text),
        IEnumerable items => items.Cast<object?>().SelectMany(item => Convert(paths, item)),
        object other => throw new ArgumentTransformationMetadataException(
            $"A medium is a path, a file, an address, a data URI, asset://, or what Send-AtlasMedia and the New-Atlas commands return, not a {other.GetType().Name}."),
    };

    private static IEnumerable<MediaSource> FromText(PathIntrinsics paths, string text)
    {
        if (MediaSource.FromAddress(text) is MediaSource address)
        {
            return [address];
        }

        // A file whose name holds a bracket is meant before a pattern is; and a pattern that finds nothing is reported as a path.
        string path = paths.GetUnresolvedProviderPathFromPSPath(text);
        if (!WildcardPattern.ContainsWildcardCharacters(text) || File.Exists(path))
        {
            return [MediaSource.FromFile(path)];
        }

        try
        {
            string[] found = [.. paths.GetResolvedProviderPathFromPSPath(text, out _).Order(StringComparer.OrdinalIgnoreCase)];
            return found.Length > 0 ? found.Select(MediaSource.FromFile) : [MediaSource.FromFile(path)];
        }
        catch (ItemNotFoundException)
        {
            return [MediaSource.FromFile(path)];
        }
    }
}
