namespace AtlasCloud.Text;

/// <summary>Suggests known names that are similar to an unknown one, by edit distance.</summary>
internal static class NameSuggester
{
    private const int MaxSuggestions = 5;
    private const int MaxComparedLength = 200;
    private const double MinSimilarity = 0.6;

    // Next to a likely suggestion an unlikely one only distracts.
    private const double MaxDistanceFromBest = 0.15;

    /// <summary>Returns the candidate that differs from the name by a typo only; null if there is none.</summary>
    internal static string? FindTypo(string name, IEnumerable<string> candidates)
    {
        string wanted = Normalize(name);
        if (wanted.Length == 0)
        {
            return null;
        }

        return candidates
            .Select(c => (Name: c, Distance: GetTypoDistance(Normalize(c), wanted)))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(c.Name.Length, wanted.Length) / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>Formats a suggestion as the end of a sentence; empty if there is no suggestion.</summary>
    internal static string FormatSuggestion(string? suggestion) => suggestion is null ? "" : $"; did you mean '{suggestion}'?";

    /// <summary>Returns the IDs that are similar to a name of the form provider/family/task, the most similar first.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="candidates">The known IDs, each with its display name; null if it has none.</param>
    internal static IReadOnlyList<string> FindSimilar(string name, IEnumerable<(string Id, string? DisplayName)> candidates)
    {
        (string Id, double Similarity)[] similar =
        [
            .. candidates.Select(c => (c.Id, Similarity: GetSimilarity(c.Id, c.DisplayName, name))).Where(c => c.Similarity >= MinSimilarity)
                .OrderByDescending(c => c.Similarity).ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
        return [.. similar.Where(c => c.Similarity >= similar[0].Similarity - MaxDistanceFromBest).Take(MaxSuggestions).Select(c => c.Id)];
    }

    /// <summary>Returns the letters and digits only, in upper case.</summary>
    internal static string Normalize(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // From 0 to 1: as a whole, without the provider, and by the family alone.
    private static double GetSimilarity(string id, string? displayName, string name)
    {
        string wanted = Normalize(name);
        string known = Normalize(id);
        if (wanted.Length > 2 && (known.Contains(wanted, StringComparison.Ordinal) || Normalize(displayName ?? "").Contains(wanted, StringComparison.Ordinal)))
        {
            return 1;
        }

        string[] knownParts = SplitAfterProvider(id);
        string[] wantedParts = SplitAfterProvider(name);
        double whole = GetSimilarity(known, wanted);
        double withoutProvider = GetSimilarity(Normalize(string.Concat(knownParts)), Normalize(string.Concat(wantedParts)));
        double family = GetSimilarity(Normalize(knownParts[0]), Normalize(wantedParts[0]));

        // A matching family counts whatever the rest is; a matching provider or task alone counts nothing.
        return family < MinSimilarity
            ? Math.Min(Math.Max(whole, withoutProvider), family)
            : Math.Max(Math.Max(whole, withoutProvider), (2 * family + withoutProvider) / 3);
    }

    private static double GetSimilarity(string one, string other)
    {
        int longer = Math.Max(one.Length, other.Length);
        return longer is 0 or > MaxComparedLength ? 0 : 1 - ((double)GetEditDistance(one, other) / longer);
    }

    private static string[] SplitAfterProvider(string name)
    {
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 1 ? parts[1..] : parts.Length == 1 ? parts : [""];
    }

    // Two transposed letters are one typo, not two.
    private static int GetTypoDistance(string one, string other)
    {
        int distance = GetEditDistance(one, other);
        return distance == 2 && Enumerable.Range(0, Math.Max(0, one.Length - 1)).Any(i => Transpose(one, i) == other) ? 1 : distance;
    }

    private static string Transpose(string text, int index) =>
        $"{text[..index]}{text[index + 1]}{text[index]}{text[(index + 2)..]}";

    // The Levenshtein distance, with two rows of the matrix.
    private static int GetEditDistance(string one, string other)
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
