namespace AtlasCloud.Text;

/// <summary>Guesses what was meant by a name that is not known.</summary>
internal static class NearestName
{
    /// <summary>The candidate that is near enough to be a slip of the hand; null where none is.</summary>
    internal static string? Of(string given, IEnumerable<string> candidates)
    {
        string wanted = Plain(given);
        if (wanted.Length == 0)
        {
            return null;
        }

        return candidates
            .Select(c => (Name: c, Distance: Distance(Plain(c), wanted)))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(c.Name.Length, wanted.Length) / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>The words that offer a guess, to be put at the end of a sentence; empty where there is none.</summary>
    internal static string Hint(string? guess) => guess is null ? "" : $"; did you mean '{guess}'?";

    // Two letters the wrong way round are one slip, not two.
    private static int Distance(string one, string other)
    {
        int distance = NameSuggester.Distance(one, other);
        return distance == 2 && Enumerable.Range(0, one.Length - 1).Any(i => Swapped(one, i) == other) ? 1 : distance;
    }

    private static string Swapped(string text, int index) =>
        $"{text[..index]}{text[index + 1]}{text[index]}{text[(index + 2)..]}";

    private static string Plain(string name) =>
        new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
