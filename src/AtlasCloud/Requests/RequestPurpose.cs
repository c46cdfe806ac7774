namespace AtlasCloud.Requests;

/// <summary>What a request is prepared for.</summary>
internal enum RequestPurpose
{
    /// <summary>To be submitted. The endpoint must be known, from the caller or from the catalog.</summary>
    Submit,

    /// <summary>To be priced. Files are uploaded, since the price can depend on them.</summary>
    Quote,

    /// <summary>To be priced without uploading anything: stand-in addresses replace local files.</summary>
    Preview,
}
