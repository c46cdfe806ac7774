namespace AtlasCloud;

/// <summary>The kind of a file or a result.</summary>
public enum MediaKind : long
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>A still image.</summary>
    Image,

    /// <summary>Video.</summary>
    Video,

    /// <summary>Audio.</summary>
    Audio,

    /// <summary>A 3D mesh.</summary>
    ThreeD,

    /// <summary>An archive, such as a zip file.</summary>
    Archive,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A document, such as PDF or an office format.</summary>
    Document,
}
