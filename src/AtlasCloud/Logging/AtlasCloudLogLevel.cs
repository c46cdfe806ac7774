namespace AtlasCloud;

/// <summary>The importance of a log message.</summary>
public enum AtlasCloudLogLevel
{
    /// <summary>Requests and responses, if they are included.</summary>
    Debug,

    /// <summary>What happens: requests, retries, decisions.</summary>
    Verbose,

    /// <summary>Something the user should know, such as a journal that cannot be written.</summary>
    Warning,
}
