namespace AtlasCloud;

/// <summary>What an output is for.</summary>
public enum OutputRole
{
    /// <summary>What was asked for.</summary>
    Result,

    /// <summary>One of the files that belong to a 3D result.</summary>
    File,

    /// <summary>A small picture of the result.</summary>
    Thumbnail,

    /// <summary>The last picture of a video.</summary>
    LastFrame,
}
