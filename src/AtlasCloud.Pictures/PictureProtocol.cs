namespace AtlasCloud.Pictures;

/// <summary>How a terminal receives a picture.</summary>
public enum PictureProtocol
{
    /// <summary>Half blocks in 24-bit color, which are text.</summary>
    Blocks,

    /// <summary>DEC sixels with up to 256 colors.</summary>
    Sixel,

    /// <summary>The inline images of iTerm2 and WezTerm.</summary>
    ITerm2,

    /// <summary>The graphics protocol of Kitty and Ghostty.</summary>
    Kitty,
}
