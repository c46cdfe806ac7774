using AtlasCloud.Text;

namespace AtlasCloud.Logging;

/// <summary>How much a message matters: the three PowerShell streams that the core may speak to.</summary>
internal enum DiagnosticLevel
{
    Debug,
    Verbose,
    Warning,
}

/// <summary>
/// Where the core says what it does. The listener travels with the asynchronous flow, so that commands which share one client
/// each hear only their own requests. Every text passes through <see cref="SafeText"/> before it gets here.
/// </summary>
internal sealed class AtlasCloudLog
{
    private static readonly AsyncLocal<AtlasCloudLog?> s_current = new();

    private readonly Action<DiagnosticLevel, string> _sink;

    /// <param name="sink">Takes a message; called from any thread.</param>
    /// <param name="wantsBodies">Whether requests and replies are wanted too, which costs time to prepare.</param>
    internal AtlasCloudLog(Action<DiagnosticLevel, string> sink, bool wantsBodies = false)
    {
        _sink = sink;
        WantsBodies = wantsBodies;
    }

    internal bool WantsBodies { get; }

    internal static bool CurrentWantsBodies => s_current.Value?.WantsBodies == true;

    /// <summary>Makes this the listener of everything started from here on, until the result is disposed.</summary>
    internal IDisposable Listen()
    {
        AtlasCloudLog? before = s_current.Value;
        s_current.Value = this;
        return new Restore(before);
    }

    internal static void Debug(string message) => s_current.Value?._sink(DiagnosticLevel.Debug, message);

    internal static void Verbose(string message) => s_current.Value?._sink(DiagnosticLevel.Verbose, message);

    internal static void Warning(string message) => s_current.Value?._sink(DiagnosticLevel.Warning, message);

    private sealed class Restore(AtlasCloudLog? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
