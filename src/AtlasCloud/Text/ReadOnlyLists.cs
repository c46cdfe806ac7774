using System.Collections.ObjectModel;

namespace AtlasCloud.Text;

/// <summary>
/// Puts what the user sees as a list into one whose indexer can be seen too. The compiler's own lists, behind a collection expression, hide
/// theirs behind an interface, and PowerShell then takes <c>$prediction.Outputs[0]</c> for the whole list.
/// </summary>
internal static class ReadOnlyLists
{
    internal static IReadOnlyList<T> Create<T>(IReadOnlyList<T> items) => items as ReadOnlyCollection<T> ?? Array.AsReadOnly(items.ToArray());
}
