using System.Collections.Specialized;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// What the transformation returns for -Parameters that cannot be used. The engine would report it with an ID of its own; this way the command reports it with
/// a stable one.
/// </summary>
/// <param name="problem">What is wrong with the value: "must be a hashtable, not 'x'".</param>
internal sealed class UnusableParameters(string problem) : OrderedDictionary
{
    internal string Problem => problem;
}
