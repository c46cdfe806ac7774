namespace AtlasCloud.Http;

/// <summary>Numbers that the service puts into <c>code</c> or <c>error_code</c> and that mean more than their HTTP status.</summary>
internal static class ServiceErrorCodes
{
    /// <summary>Moderation refused the input.</summary>
    internal const int BlockedByModeration = 1039;

    /// <summary>The input shows a real person, which the model does not accept.</summary>
    internal const int RealPersonDetected = 1010002;
}
