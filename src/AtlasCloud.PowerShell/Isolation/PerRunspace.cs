using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>One object for each runspace. It ends when the module is removed or the runspace closes; after another import there is a new one.</summary>
/// <param name="create">Creates the object on first use.</param>
/// <param name="end">Ends it.</param>
internal sealed class PerRunspace<T>(Func<T> create, Action<T> end)
    where T : class
{
    private readonly ConditionalWeakTable<Runspace, T> _all = [];

    /// <summary>The object of the runspace that executes the command.</summary>
    internal T Current => _all.GetValue(Runspace.DefaultRunspace, Create);

    /// <summary>The objects of all runspaces.</summary>
    internal IEnumerable<T> All => _all.Select(pair => pair.Value);

    private T Create(Runspace runspace)
    {
        T item = create();
        ModuleLifetime.OnRemoved(() =>
        {
            // The registration ends with this removal, so the next import needs another object, which registers again.
            _all.Remove(runspace);
            end(item);
        });
        return item;
    }
}
