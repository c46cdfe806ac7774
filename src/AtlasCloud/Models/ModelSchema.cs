using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>The inputs of a model.</summary>
internal sealed class ModelSchema(IReadOnlyList<ModelParameter> parameters, JsonElement input, JsonElement document)
{
    private readonly Dictionary<string, ModelParameter> _byName =
        parameters.DistinctBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>All inputs but the model itself, in display order.</summary>
    internal IReadOnlyList<ModelParameter> Parameters { get; } = parameters;

    /// <summary>The schema object itself, for the rules that tie inputs together.</summary>
    internal JsonElement Input { get; } = input;

    /// <summary>The document around it, for what the rules refer to.</summary>
    internal JsonElement Document { get; } = document;

    /// <summary>What the schema says about one input, word for word.</summary>
    internal JsonElement? Rules(string name) => Input.Member("properties")?.Member(name);

    /// <summary>The input of exactly this name, else the only one that differs in case, else null.</summary>
    internal ModelParameter? Find(string name)
    {
        if (_byName.TryGetValue(name, out ModelParameter? exact))
        {
            return exact;
        }

        ModelParameter[] near = [.. Parameters.Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))];
        return near.Length == 1 ? near[0] : null;
    }

    /// <summary>The first of these inputs that the model has.</summary>
    internal ModelParameter? FindFirst(IEnumerable<string> names) => names.Select(Find).OfType<ModelParameter>().FirstOrDefault();
}
