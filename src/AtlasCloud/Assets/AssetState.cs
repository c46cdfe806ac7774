namespace AtlasCloud;

/// <summary>The state of an asset. <see cref="Asset.Status"/> is the service's own word.</summary>
public enum AssetState : long
{
    /// <summary>The service is still checking the media, or its status is unknown. The asset cannot be used yet.</summary>
    Processing,

    /// <summary>The asset can be used as an input.</summary>
    Active,

    /// <summary>The service rejected the media.</summary>
    Failed,

    /// <summary>The asset is in the trash and can be restored.</summary>
    Deleted,
}
