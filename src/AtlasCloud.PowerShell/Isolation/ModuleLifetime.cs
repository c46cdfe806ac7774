using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>What happens when the module comes into a runspace and when it leaves.</summary>
/// <remarks>
/// The assembly is loaded once and imported into many runspaces (<c>ForEach-Object -Parallel</c>). The engine reports a removal,
/// but not the end of a runspace that still had the module, so that one is watched here.
/// </remarks>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object s_gate = new();
    private static readonly Dictionary<Guid, Stack<Action>> s_runspaces = [];

    /// <summary>Makes the private assemblies findable. The engine calls this once it knows the commands of the module.</summary>
    public void OnImport()
    {
        lock (s_gate)
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

    /// <summary>Ends what was started in this runspace. The engine calls this when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is Runspace runspace && Leave(runspace) is { Count: > 0 } failures)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Registers what is to be done when the module leaves the current runspace, or the runspace ends: last in, first out.</summary>
    internal static void OnRemoved(Action cleanUp)
    {
        lock (s_gate)
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
            // Nobody is left who could be told of a failure.
            _ = Leave(runspace);
        }
    }

    private static List<Exception> Leave(Runspace runspace)
    {
        Stack<Action>? cleanUps;
        lock (s_gate)
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
                // One that fails must not keep the others from being done.
                failures.Add(exception);
            }
        }

        return failures;
    }
}
