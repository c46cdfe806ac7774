using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>Finds the model that a name means. A name that could mean two models means none: a guess is never billed.</summary>
internal static class ModelResolver
{
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous, with the nearest names.</exception>
    internal static Model Resolve(string name, IReadOnlyList<Model> catalog) => Match(name, catalog).Model;

    /// <summary>The model, and for an old name what else the name said.</summary>
    /// <param name="name">An id in any spelling, a name for people, or an old name.</param>
    /// <param name="catalog">The models.</param>
    /// <param name="type">The type that can be used: it decides between names that are alike, and which names are suggested.</param>
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous, with the nearest names.</exception>
    internal static ModelMatch Match(string name, IReadOnlyList<Model> catalog, string? type = null)
    {
        string wanted = name.Trim();
        if (RenamedModel.Find(wanted) is RenamedModel former)
        {
            Model[] current = [.. catalog.Where(m => !m.IsHidden && former.Current.Contains(m.Id))];

            // The service's own list decides: what it still has under the old name is asked for by that name, with its old inputs.
            if (catalog.FirstOrDefault(m => m.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is Model kept)
            {
                return new ModelMatch(kept, kept.IsHidden && current.Length > 0 ? former : null);
            }

            if (current.Length > 0)
            {
                return former.Current.Count == 1 ? new ModelMatch(current[0], former) : throw Ambiguous(wanted, current, former.Choice);
            }
        }

        Model[] fits = [.. Fits(wanted, catalog)];
        if (fits.Length > 1 && fits.Where(m => m.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: 1 } usable)
        {
            fits = usable;
        }

        return fits.Length switch
        {
            1 => new ModelMatch(fits[0]),
            0 => throw NotFound(wanted, catalog, type),
            _ => throw Ambiguous(wanted, fits, null),
        };
    }

    /// <summary>The error for a name that no model has, with those that come near.</summary>
    internal static AtlasCloudException NotFound(string wanted, IReadOnlyList<Model> catalog, string? type = null)
    {
        IReadOnlyList<string> near = NameSuggester.Find(wanted, catalog, type);
        string hint = near.Count > 0 ? $" The nearest are {Join(near)}." : "";
        return new AtlasCloudException(AtlasCloudErrorKind.ModelNotFound, $"There is no model '{SafeText.Sanitize(wanted, length: 200)}'.{hint} Nothing was submitted.")
        {
            RecommendedAction = "Look with Get-AtlasModel -Search for the id, or complete it with the Tab key.",
            Target = wanted,
        };
    }

    /// <summary>Letters and digits alone, in one case.</summary>
    internal static string Normal(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static IEnumerable<Model> Fits(string wanted, IReadOnlyList<Model> catalog)
    {
        string normal = Normal(wanted);
        Func<Model, bool>[] steps =
        [
            m => m.Id == wanted,
            m => string.Equals(m.Id, wanted, StringComparison.OrdinalIgnoreCase),
            m => normal.Length > 0 && (Normal(m.Id) == normal || (m.DisplayName is string title && Normal(title) == normal)),
        ];
        foreach (Func<Model, bool> step in steps)
        {
            Model[] found = [.. catalog.Where(step).DistinctBy(m => m.Id)];

            // What is on show goes before what is hidden.
            Model[] visible = [.. found.Where(m => !m.IsHidden)];
            if (found.Length > 0)
            {
                return visible.Length > 0 ? visible : found;
            }
        }

        return [];
    }

    private static AtlasCloudException Ambiguous(string wanted, IEnumerable<Model> fits, string? choice) =>
        new(AtlasCloudErrorKind.ModelAmbiguous, $"'{SafeText.Sanitize(wanted, length: 200)}' can mean {Join(fits.Select(m => m.Id))}. Nothing was submitted.")
        {
            RecommendedAction = choice ?? "Give the whole id of the one that is meant.",
            Target = wanted,
        };

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
