using AtlasCloud.Text;

namespace AtlasCloud;

// In the root namespace, since AtlasCloud.Media is a type.

/// <summary>Creates the errors about uploads. Uploads are free, so a failed one cost nothing.</summary>
internal static class MediaErrors
{
    /// <summary>The upload did not reach the service.</summary>
    internal static AtlasCloudException UploadFailed(string path, AtlasCloudException cause) =>
        cause.With(AtlasCloudErrorKind.UploadFailed, $"The file '{path}' could not be uploaded: {cause.Message}", target: path);

    /// <summary>A text contains several addresses.</summary>
    internal static AtlasCloudException SeveralAddresses(string text)
    {
        string shown = SafeText.Sanitize(text, length: 200);
        return new(AtlasCloudErrorKind.InvalidParameter, $"'{shown}' must be one address. Nothing was submitted.")
        {
            Reason = AtlasCloudErrorReason.SeveralAddresses,
            Value = shown,
        };
    }

    /// <summary>The service accepted the file without returning its address.</summary>
    internal static AtlasCloudException NoUploadAddress(string path, string name, string? requestId) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The service accepted the upload of {name} but did not return its URL.")
        {
            RequestId = requestId,
            Target = path,
        };
}
