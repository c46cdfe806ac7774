namespace AtlasCloud;

/// <summary>What a file or a result is.</summary>
public enum MediaKind
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>A still picture.</summary>
    Image,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A mesh.</summary>
    ThreeD,

    /// <summary>A packed archive.</summary>
    Archive,

    /// <summary>Text.</summary>
    Text,
}
