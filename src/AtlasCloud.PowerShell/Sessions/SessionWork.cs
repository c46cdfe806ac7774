using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The background work of the sessions that a runspace created. It ends with the runspace, or when the module is removed.</summary>
internal sealed class SessionWork
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(5);
    private static readonly PerRunspace<SessionWork> s_byRunspace = new(() => new SessionWork(), item => item.End());

    // Weak, so that an unreferenced session is collected. Running work keeps itself alive.
    private readonly List<WeakReference<IAsyncDisposable>> _all = [];

    private SessionWork()
    {
    }

    /// <summary>The work of the runspace that executes the command.</summary>
    internal static SessionWork Current => s_byRunspace.Current;

    /// <summary>Ends the background work of a session together with the runspace. Returns the session.</summary>
    internal Session Add(Session session)
    {
        _all.RemoveAll(work => !work.TryGetTarget(out _));
        _all.Add(new WeakReference<IAsyncDisposable>(session.Client.BackgroundWork));
        return session;
    }

    private void End()
    {
        List<Task> ending = [];
        foreach (WeakReference<IAsyncDisposable> reference in _all)
        {
            if (reference.TryGetTarget(out IAsyncDisposable? work))
            {
                ending.Add(work.DisposeAsync().AsTask());
            }
        }

        Task.WhenAll(ending).Wait(s_maxWait);
    }
}
