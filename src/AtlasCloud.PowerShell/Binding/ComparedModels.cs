using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>The models that a command line names.</summary>
internal sealed class ComparedModels
{
    private readonly HashSet<string> _excluded = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="AtlasCloudException">InvalidParameter: a model is named twice.</exception>
    internal ComparedModels(IEnumerable<string> names)
    {
        Names = [.. names.Select(n => n.Trim())];
        if (Names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            throw CmdletErrors.ModelRepeated(repeated.Key);
        }
    }

    /// <summary>The names in the order of the argument.</summary>
    internal IReadOnlyList<string> Names { get; }

    internal bool IsSeveral => Names.Count > 1;

    /// <summary>The names without those that were excluded.</summary>
    internal IEnumerable<string> Usable => Names.Where(n => !_excluded.Contains(n));

    /// <summary>Excludes a model, after an error about it was written.</summary>
    internal void Exclude(string name) => _excluded.Add(name);
}
