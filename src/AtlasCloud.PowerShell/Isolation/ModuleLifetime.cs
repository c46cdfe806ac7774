using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>Handles the import and the removal of the module.</summary>
/// <remarks>
/// The assembly is loaded once and imported into many runspaces (<c>ForEach-Object -Parallel</c>). The engine reports a removal, but not the end of a
/// runspace with the module, so this class watches for that.
/// </remarks>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object s_lock = new();
    private static readonly Dictionary<Guid, Stack<Action>> s_runspaces = [];

    /// <summary>Starts to resolve the private assemblies. The engine calls this after it has discovered the commands of the module.</summary>
    public void OnImport()
    {
        lock (s_lock)
        {
            if (s_runspaces.Count == 0)
            {
                AssemblyLoadContext.Default.Resolving += DependencyContext.Resolve;
            }

            if (Runspace.DefaultRunspace is Runspace runspace && s_runspaces.TryAdd(runspace.InstanceId, []))
            {
                runspace.StateChanged += OnRunspaceStateChanged;
            }
        }
    }

    /// <summary>Ends everything that was started in this runspace. The engine calls this when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is Runspace runspace && CleanUp(runspace) is { Count: > 0 } failures)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Registers an action for the removal of the module from the current runspace, or the end of the runspace. The last action runs first.</summary>
    internal static void OnRemoved(Action cleanUp)
    {
        lock (s_lock)
        {
            if (Runspace.DefaultRunspace is Runspace runspace && s_runspaces.TryGetValue(runspace.InstanceId, out Stack<Action>? cleanUps))
            {
                cleanUps.Push(cleanUp);
            }
        }
    }

    private static void OnRunspaceStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (sender is Runspace runspace && change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            // Failures cannot be reported any more.
            _ = CleanUp(runspace);
        }
    }

    private static List<Exception> CleanUp(Runspace runspace)
    {
        Stack<Action>? cleanUps;
        lock (s_lock)
        {
            if (!s_runspaces.Remove(runspace.InstanceId, out cleanUps))
            {
                return [];
            }

            runspace.StateChanged -= OnRunspaceStateChanged;
            if (s_runspaces.Count == 0)
            {
                AssemblyLoadContext.Default.Resolving -= DependencyContext.Resolve;
            }
        }

        List<Exception> failures = [];
        while (cleanUps.TryPop(out Action? cleanUp))
        {
            try
            {
                cleanUp();
            }
            catch (Exception exception)
            {
                // The other actions must run nevertheless.
                failures.Add(exception);
            }
        }

        return failures;
    }
}
