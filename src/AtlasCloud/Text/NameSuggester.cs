using AtlasCloud.Models;

namespace AtlasCloud.Text;

/// <summary>The names of the catalog that come near to one that is not in it.</summary>
internal static class NameSuggester
{
    private const int MostNames = 5;
    private const double Near = 0.6;

    // What comes nearest sets the measure: beside a likely name an unlikely one only distracts.
    private const double Slack = 0.15;

    /// <param name="wanted">The name as it was given.</param>
    /// <param name="catalog">The models.</param>
    /// <param name="type">The type that can be used: its names go alone where one of them comes near.</param>
    internal static IReadOnlyList<string> Find(string wanted, IReadOnlyList<Model> catalog, string? type)
    {
        Model[] visible = [.. catalog.Where(m => !m.IsHidden)];
        IReadOnlyList<string> usable = Rank(wanted, visible.Where(m => type is null || m.Type.Equals(type, StringComparison.OrdinalIgnoreCase)));
        return usable.Count > 0 || type is null ? usable : Rank(wanted, visible);
    }

    private static List<string> Rank(string wanted, IEnumerable<Model> models)
    {
        (string Id, double Likeness)[] near =
        [
            .. models.Select(m => (m.Id, Likeness: Likeness(m, wanted))).Where(m => m.Likeness >= Near)
                .OrderByDescending(m => m.Likeness).ThenBy(m => m.Id, StringComparer.Ordinal),
        ];
        return [.. near.Where(m => m.Likeness >= near[0].Likeness - Slack).Take(MostNames).Select(m => m.Id)];
    }

    // From 0 to 1: as a whole, without the maker, by the family alone.
    private static double Likeness(Model model, string wanted)
    {
        string normal = ModelResolver.Normal(wanted);
        string id = ModelResolver.Normal(model.Id);
        if (normal.Length > 2 && (id.Contains(normal, StringComparison.Ordinal) || ModelResolver.Normal(model.DisplayName ?? "").Contains(normal, StringComparison.Ordinal)))
        {
            return 1;
        }

        string[] own = Parts(model.Id);
        string[] given = Parts(wanted);
        double whole = Likeness(id, normal);
        double bare = Likeness(ModelResolver.Normal(string.Concat(own)), ModelResolver.Normal(string.Concat(given)));
        double family = Likeness(ModelResolver.Normal(own[0]), ModelResolver.Normal(given[0]));

        // The right family counts whatever the rest is; the maker or the task alone count nothing.
        return family < Near ? Math.Min(Math.Max(whole, bare), family) : Math.Max(Math.Max(whole, bare), (2 * family + bare) / 3);
    }

    // The family and the task: what comes after the maker.
    private static string[] Parts(string name)
    {
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 1 ? parts[1..] : parts.Length == 1 ? parts : [""];
    }

    private static double Likeness(string one, string other)
    {
        int longer = Math.Max(one.Length, other.Length);
        return longer is 0 or > 200 ? 0 : 1 - ((double)Distance(one, other) / longer);
    }

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
