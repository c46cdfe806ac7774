namespace AtlasCloud.Emulation.Http;

/// <summary>What goes wrong on the wire on purpose.</summary>
internal enum HttpFault
{
    None,

    /// <summary>The connection ends, and nothing was done.</summary>
    DropBefore,

    /// <summary>The request was carried out, and the connection ends without an answer.</summary>
    DropAfter,

    /// <summary>Half of the body, under the length of the whole.</summary>
    Truncate,

    /// <summary>The whole body under a length that is too large, then the end of the connection.</summary>
    WrongLength,

    /// <summary>The body in many small pieces with a pause before each.</summary>
    SlowDrip,

    /// <summary>A content type that does not fit the body.</summary>
    WrongType,

    /// <summary>No content type.</summary>
    NoType,

    /// <summary>As <see cref="DropBefore"/>, but with a reset instead of an orderly end.</summary>
    Reset,

    /// <summary>The first events of a stream, and then nothing until the client leaves.</summary>
    Stall,

    /// <summary>The first events of a stream, and then an error in the words of its protocol.</summary>
    StreamError,

    /// <summary>The connection ends within a character of more than one byte.</summary>
    CutCharacter,

    /// <summary>Everything arrives, in pieces that end within characters.</summary>
    SplitCharacters,

    /// <summary>The address of an output has expired, for good; the prediction names a fresh one when it is read again.</summary>
    ExpiredLink,
}
