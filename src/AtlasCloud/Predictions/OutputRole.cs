namespace AtlasCloud;

/// <summary>The role of an output within its prediction.</summary>
public enum OutputRole : long
{
    /// <summary>A requested result.</summary>
    Result,

    /// <summary>A file of a result that consists of several, such as the meshes and packages of a 3D model.</summary>
    File,

    /// <summary>A preview or cover image.</summary>
    Thumbnail,

    /// <summary>The last frame of a video.</summary>
    LastFrame,
}
