namespace AtlasCloud.Emulation.Http;

/// <summary>A fault that is injected into the connection or the reply.</summary>
internal enum HttpFault
{
    None,

    /// <summary>Closes the connection without executing the request.</summary>
    DropBefore,

    /// <summary>Executes the request and closes the connection without a response.</summary>
    DropAfter,

    /// <summary>Sends half of the body with the Content-Length of the whole.</summary>
    Truncate,

    /// <summary>Sends the whole body with a Content-Length that is too large, then closes the connection.</summary>
    WrongLength,

    /// <summary>Sends the body in small chunks with a delay before each.</summary>
    SlowDrip,

    /// <summary>Sends a Content-Type that does not match the body.</summary>
    WrongType,

    /// <summary>Sends no Content-Type.</summary>
    NoType,

    /// <summary>Like <see cref="DropBefore"/>, but with a TCP reset.</summary>
    Reset,

    /// <summary>Sends the first events of a stream, then nothing until the client disconnects.</summary>
    Stall,

    /// <summary>Sends the first events of a stream, then an error in the format of its protocol.</summary>
    StreamError,

    /// <summary>Closes the connection within a multibyte character.</summary>
    CutCharacter,

    /// <summary>Sends everything, in chunks that end within multibyte characters.</summary>
    SplitCharacters,

    /// <summary>Expires the address of an output permanently; reading the prediction again returns a fresh one.</summary>
    ExpiredLink,

    /// <summary>Sends half of the body without a Content-Length, and closes the connection.</summary>
    CutWithoutLength,

    /// <summary>Sends zeros in place of the body.</summary>
    Zeros,
}
