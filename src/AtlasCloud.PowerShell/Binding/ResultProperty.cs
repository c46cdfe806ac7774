using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>A property that this module adds to a file. It describes the file, so it does not become an input of a request that takes the file.</summary>
internal sealed class ResultProperty(string name, object? value) : PSNoteProperty(name, value)
{
    // The engine copies members when it adds them, and would create the base type.
    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new ResultProperty(Name, Value);
}
