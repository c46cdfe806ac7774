namespace AtlasCloud.PowerShell.Commands;

/// <summary>A registered asset, and the failure of a step after its registration.</summary>
/// <param name="Asset">The asset in its last known state.</param>
/// <param name="Failure">Why it was not renamed or is not active; null if nothing failed.</param>
internal sealed record RegisteredAsset(Asset Asset, AtlasCloudException? Failure)
{
    /// <summary>Whether the service rejected the media, so that the asset can never be used.</summary>
    internal bool IsRejected => Failure?.Reason == AtlasCloudErrorReason.AssetFailed;
}
