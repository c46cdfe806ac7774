namespace AtlasCloud.Text;

/// <summary>
/// Wraps lists of public types in one with a public indexer. The list types that the compiler generates for collection expressions implement the
/// indexer explicitly, so dynamic languages cannot index them.
/// </summary>
internal static class ReadOnlyLists
{
    /// <summary>Returns an empty list.</summary>
    internal static IReadOnlyList<T> Empty<T>() => TextualList<T>.Empty;

    /// <summary>Returns a read-only copy of the items; the same list if it is such a copy already.</summary>
    internal static IReadOnlyList<T> Create<T>(IReadOnlyList<T> items) =>
        items as TextualList<T> ?? (items.Count == 0 ? TextualList<T>.Empty : new TextualList<T>([.. items]));
}
