using System.Collections;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>A parameter of a command, as the columns of a table see it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, without Nullable; null for the common parameters of the engine.</param>
/// <param name="TakesColumn">True if a column can set it; false if it applies to the command as a whole.</param>
/// <param name="Number">How a number is read; null for other types.</param>
internal sealed record RowParameter(string Name, Type? Type, bool TakesColumn, NumberTransformationAttribute? Number = null)
{
    internal bool IsMedium => Type == typeof(MediaSource[]);

    internal bool IsNumber => Number is not null;

    internal bool IsDictionary => Type == typeof(IDictionary);
}
