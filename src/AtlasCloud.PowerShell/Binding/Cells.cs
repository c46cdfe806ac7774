using System.Collections;
using System.Management.Automation.Internal;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Recognizes cells of a table that contain nothing. They leave an input as it is.</summary>
internal static class Cells
{
    internal static bool IsBlank(object? value) => PSObjects.Unwrap(value) switch
    {
        // What a statement without output returns.
        _ when ReferenceEquals(value, AutomationNull.Value) => true,
        null or DBNull => true,
        string text => InputText.IsBlank(text),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => true,
        JsonValue node => node.TryGetValue(out string? text) && InputText.IsBlank(text),
        ICollection { Count: 0 } => true,
        _ => false,
    };
}
