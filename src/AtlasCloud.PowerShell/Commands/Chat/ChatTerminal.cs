using System.Management.Automation.Host;
using AtlasCloud.PowerShell.LineEditing;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// The terminal of an interactive chat. With a keyboard, entries can be edited and Ctrl+C ends an answer; without one, as with redirected input, lines are
/// read from the host.
/// </summary>
internal sealed class ChatTerminal : IDisposable
{
    private readonly TypeAhead? _keyboard;
    private readonly LineEditor? _editor;

    /// <param name="host">The host.</param>
    /// <param name="complete">Returns the texts that can replace the text before the cursor.</param>
    /// <param name="clock">Measures the time between keys.</param>
    /// <param name="stopping">Ends reading.</param>
    internal ChatTerminal(PSHost host, Func<string, IReadOnlyList<string>> complete, TimeProvider clock, CancellationToken stopping)
    {
        Reader = new HostLineReader(host.UI);
        if (HostKeyboard.TryOpen(host) is HostKeyboard keyboard)
        {
            _keyboard = new TypeAhead(keyboard, clock) { TakesControlC = true };
            Reader = _editor = new LineEditor(_keyboard, new EditorScreen(host.UI), complete, clock, stopping);
        }
    }

    /// <summary>Reads the entries.</summary>
    internal ILineReader Reader { get; }

    /// <summary>Adds an entry that the Up key offers.</summary>
    internal void Remember(string entry) => _editor?.History.Add(entry);

    /// <summary>Runs work that Ctrl+C cancels.</summary>
    internal T RunInterruptible<T>(Func<CancellationToken, T> work)
    {
        if (_keyboard is null)
        {
            return work(CancellationToken.None);
        }

        using CancellationTokenSource interrupted = new();
        using CancellationTokenSource complete = new();
        Task watching = Task.Run(() => _keyboard.WatchAsync(interrupted.Cancel, complete.Token));
        try
        {
            return work(interrupted.Token);
        }
        finally
        {
            complete.Cancel();
            watching.GetAwaiter().GetResult();
        }
    }

    /// <summary>Runs code that reads the keyboard itself, or that only a stop of the command can end.</summary>
    internal T RunForeignCode<T>(Func<T> code) => _keyboard is null ? code() : _keyboard.Pause(code);

    public void Dispose()
    {
        if (_keyboard is not null)
        {
            _keyboard.TakesControlC = false;
        }
    }
}
