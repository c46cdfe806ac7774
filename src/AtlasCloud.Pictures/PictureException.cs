namespace AtlasCloud.Pictures;

/// <summary>A file cannot be shown: it is not a picture of a supported format, it is damaged, or it is too large.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the file, to follow its name: "is damaged".</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public PictureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
