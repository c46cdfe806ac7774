namespace AtlasCloud;

/// <summary>Finds the model that a name means. A name that could mean two models means none: a guess is never billed.</summary>
internal static class ModelNames
{
    private const int MostSuggestions = 5;

    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous, with the nearest names.</exception>
    internal static Model Resolve(string name, IReadOnlyList<Model> catalog)
    {
        string wanted = name.Trim();
        Model[] fits = [.. Fits(wanted, catalog)];
        return fits.Length switch
        {
            1 => fits[0],
            0 => throw NotFound(wanted, catalog),
            _ => throw new AtlasCloudException(
                AtlasCloudErrorKind.ModelAmbiguous,
                $"'{wanted}' can mean {Join(fits.Select(m => m.Id))}. Nothing was submitted.")
            {
                RecommendedAction = "Give the whole id of the one that is meant.",
                Target = wanted,
            },
        };
    }

    private static IEnumerable<Model> Fits(string wanted, IReadOnlyList<Model> catalog)
    {
        Func<Model, bool>[] steps =
        [
            m => m.Id == wanted,
            m => string.Equals(m.Id, wanted, StringComparison.OrdinalIgnoreCase),
            m => Normal(wanted).Length > 0 && (Normal(m.Id) == Normal(wanted) || (m.DisplayName is string title && Normal(title) == Normal(wanted))),
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

    /// <summary>The error for a name that no model has, with those that come near.</summary>
    internal static AtlasCloudException NotFound(string wanted, IReadOnlyList<Model> catalog)
    {
        string normal = Normal(wanted);
        string[] near =
        [
            .. catalog.Where(m => !m.IsHidden)
                .Select(m => (m.Id, Distance: Near(m.Id, wanted, normal)))
                .Where(m => m.Distance < int.MaxValue)
                .OrderBy(m => m.Distance).ThenBy(m => m.Id, StringComparer.Ordinal)
                .Take(MostSuggestions)
                .Select(m => m.Id),
        ];
        string hint = near.Length > 0 ? $" The nearest are {Join(near)}." : "";
        return new AtlasCloudException(AtlasCloudErrorKind.ModelNotFound, $"There is no model '{wanted}'.{hint} Nothing was submitted.")
        {
            RecommendedAction = "Look with Get-AtlasModel -Search for the id, or complete it with the Tab key.",
            Target = wanted,
        };
    }

    private static int Near(string id, string wanted, string normal)
    {
        if (normal.Length > 2 && Normal(id).Contains(normal, StringComparison.Ordinal))
        {
            return 0;
        }

        // The right family under the wrong maker, or the other way round.
        string[] parts = [.. wanted.Split('/').Select(Normal).Where(p => p.Length > 3)];
        int distance = Distance(Normal(id), normal);
        return distance <= Math.Max(2, normal.Length / 3) ? distance
            : parts.Any(p => Normal(id).Contains(p, StringComparison.Ordinal)) ? normal.Length + distance
            : int.MaxValue;
    }

    private static string Normal(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    // Levenshtein's distance, two rows.
    internal static int Distance(string one, string other)
    {
        int[] above = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] row = new int[other.Length + 1];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int changed = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[other.Length];
    }
}
