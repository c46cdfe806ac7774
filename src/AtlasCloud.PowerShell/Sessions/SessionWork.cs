using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AtlasCloud.Background;
using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The background work of the sessions that a runspace created. It ends with the runspace, or when the module is removed.</summary>
internal sealed class SessionWork
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);
    private static readonly ConditionalWeakTable<Runspace, SessionWork> s_byRunspace = [];

    // Weak: a session goes with its last variable. Work that is running keeps itself alive.
    private readonly List<WeakReference<BackgroundWork>> _all = [];

    private SessionWork() => ModuleLifetime.OnRemoved(End);

    /// <summary>That of the runspace which runs the command.</summary>
    internal static SessionWork Current => s_byRunspace.GetValue(Runspace.DefaultRunspace, _ => new SessionWork());

    /// <summary>Ends the background work of this session together with the runspace.</summary>
    internal Session Add(Session session)
    {
        _all.RemoveAll(work => !work.TryGetTarget(out _));
        _all.Add(new WeakReference<BackgroundWork>(session.Client.Background));
        return session;
    }

    private void End()
    {
        List<Task> closing = [];
        foreach (WeakReference<BackgroundWork> reference in _all)
        {
            if (reference.TryGetTarget(out BackgroundWork? work))
            {
                closing.Add(work.CloseAsync());
            }
        }

        Task.WhenAll(closing).Wait(s_longestWait);
    }
}
