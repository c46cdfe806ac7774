namespace AtlasCloud.PowerShell.Binding;

/// <summary>One property of an input object, such as a cell of a table.</summary>
/// <param name="Name">The name, which is the header of the column.</param>
/// <param name="Value">The value, without the engine's wrapper unless it is a custom object.</param>
internal sealed record RowProperty(string Name, object? Value)
{
    internal bool IsBlank => Cells.IsBlank(Value);
}
