namespace AtlasCloud;

/// <summary>
/// Receives what the library reports: retries, uploads, polls, requests and responses. A listener hears only the asynchronous flow it was started in, so
/// callers that share a client each hear their own requests. All text is sanitized and never contains the API key.
/// </summary>
/// <example>
/// <code>
/// using IDisposable listening = new AtlasCloudLog((level, message) => Console.Error.WriteLine($"{level}: {message}")).Listen();
/// await client.Predictions.CreateAsync(request);
/// </code>
/// </example>
public sealed class AtlasCloudLog
{
    private static readonly AsyncLocal<AtlasCloudLog?> s_current = new();

    private readonly Action<AtlasCloudLogLevel, string> _write;
    private readonly bool _includesBodies;

    /// <summary>Creates a listener.</summary>
    /// <param name="write">Receives each message, from any thread. Must not throw.</param>
    /// <param name="includeBodies">Whether requests and responses are reported too, at level Debug. Default: false, because formatting them takes time.</param>
    public AtlasCloudLog(Action<AtlasCloudLogLevel, string> write, bool includeBodies = false) => (_write, _includesBodies) = (write, includeBodies);

    internal static bool IncludesBodies => s_current.Value?._includesBodies == true;

    /// <summary>Starts listening to everything that the current asynchronous flow starts from here on.</summary>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable Listen()
    {
        AtlasCloudLog? previous = s_current.Value;
        s_current.Value = this;
        return new Restore(previous);
    }

    internal static void Debug(string message) => s_current.Value?._write(AtlasCloudLogLevel.Debug, message);

    internal static void Verbose(string message) => s_current.Value?._write(AtlasCloudLogLevel.Verbose, message);

    internal static void Warning(string message) => s_current.Value?._write(AtlasCloudLogLevel.Warning, message);

    private sealed class Restore(AtlasCloudLog? previous) : IDisposable
    {
        public void Dispose() => s_current.Value = previous;
    }
}
