using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Removes the engine's wrapper from a value.</summary>
internal static class PSObjects
{
    /// <summary>The object in a <see cref="PSObject"/>; any other value as it is.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The same, but a custom object stays wrapped, since only its wrapper has its properties.</summary>
    internal static object? UnwrapUnlessCustom(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
