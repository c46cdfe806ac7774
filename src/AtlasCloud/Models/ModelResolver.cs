using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>Finds the model that a name refers to. A name that matches several models is an error: a guess is never billed.</summary>
internal static class ModelResolver
{
    /// <summary>Returns the model and, for a former name, what the name implied.</summary>
    /// <param name="name">A model ID in any spelling, a display name, or a former name.</param>
    /// <param name="catalog">The models.</param>
    /// <param name="type">The type that the caller can use; null for any. It decides between several matches, and which names are suggested.</param>
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous, with the most similar names.</exception>
    internal static ModelMatch Resolve(string name, IReadOnlyList<Model> catalog, string? type = null)
    {
        string wanted = name.Trim();
        if (RenamedModel.Find(wanted) is RenamedModel renamed)
        {
            Model[] current = [.. catalog.Where(m => !m.IsHidden && renamed.CurrentIds.Contains(m.Id))];

            // The catalog decides: a model that it still lists under the former name is used by that name, with its former inputs.
            if (catalog.FirstOrDefault(m => m.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is Model listed)
            {
                return new ModelMatch(listed, listed.IsHidden && current.Length > 0 ? renamed : null);
            }

            if (current.Length > 0)
            {
                return renamed.CurrentIds.Count == 1
                    ? new ModelMatch(current[0], renamed)
                    : throw ModelErrors.Ambiguous(wanted, [.. current.Select(m => m.Id)], renamed.Explanation);
            }
        }

        Model[] candidates = [.. FindCandidates(wanted, catalog)];
        if (candidates.Length > 1 && candidates.Where(m => m.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: 1 } usable)
        {
            candidates = usable;
        }

        return candidates.Length switch
        {
            1 => new ModelMatch(candidates[0]),
            0 => throw ModelErrors.NotFound(wanted, FindSimilarIds(wanted, catalog, type)),
            _ => throw ModelErrors.Ambiguous(wanted, [.. candidates.Select(m => m.Id)], null),
        };
    }

    /// <summary>Returns the IDs of visible models that are similar to an unknown name, the most similar first.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="catalog">The models.</param>
    /// <param name="type">The type that the caller can use; null for any. Other types are suggested only if none of this type is similar.</param>
    internal static IReadOnlyList<string> FindSimilarIds(string name, IReadOnlyList<Model> catalog, string? type)
    {
        Model[] visible = [.. catalog.Where(m => !m.IsHidden)];
        IReadOnlyList<string> usable = NameSuggester.FindSimilar(
            name, visible.Where(m => type is null || m.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(m => (m.Id, m.DisplayName)));
        return usable.Count > 0 || type is null ? usable : NameSuggester.FindSimilar(name, visible.Select(m => (m.Id, m.DisplayName)));
    }

    private static IEnumerable<Model> FindCandidates(string wanted, IReadOnlyList<Model> catalog)
    {
        string normalized = NameSuggester.Normalize(wanted);
        Func<Model, bool>[] rules =
        [
            m => m.Id == wanted,
            m => string.Equals(m.Id, wanted, StringComparison.OrdinalIgnoreCase),
            m => normalized.Length > 0 && (NameSuggester.Normalize(m.Id) == normalized || (m.DisplayName is string title && NameSuggester.Normalize(title) == normalized)),
        ];
        foreach (Func<Model, bool> rule in rules)
        {
            Model[] found = [.. catalog.Where(rule).DistinctBy(m => m.Id)];
            Model[] visible = [.. found.Where(m => !m.IsHidden)];
            if (found.Length > 0)
            {
                return visible.Length > 0 ? visible : found;
            }
        }

        return [];
    }
}
