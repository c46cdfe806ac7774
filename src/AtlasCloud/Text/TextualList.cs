using System.Collections.ObjectModel;
using System.Globalization;

namespace AtlasCloud.Text;

/// <summary>A read-only list whose text is that of its items. Writers of tables, such as Export-Csv, would otherwise show the name of the type.</summary>
internal sealed class TextualList<T>(T[] items) : ReadOnlyCollection<T>(items)
{
    /// <summary>A list without items.</summary>
    internal static new readonly TextualList<T> Empty = new([]);

    /// <summary>Returns the items, separated by semicolons.</summary>
    public override string ToString() => string.Join("; ", this.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
}
