using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Text;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>What the completers share: whom they may ask, what fits what was typed, and how it is written.</summary>
internal static class Completion
{
    private const int LongestTip = 160;

    /// <summary>The client of the command that is being typed; null where it has none that works. A key press is no time for errors.</summary>
    internal static AtlasCloudClient? ClientOf(IDictionary bound)
    {
        object? given = bound["Session"] is PSObject wrapped ? wrapped.BaseObject : bound["Session"];
        try
        {
            return given is Session session ? session.Client
                : Runspace.DefaultRunspace is null ? null
                : DefaultSession.Current.Get().Client;
        }
        catch (Exception exception) when (exception is AtlasCloudException or ArgumentException or UriFormatException or IOException)
        {
            return null;
        }
    }

    /// <summary>The models of the last catalog, without asking anybody. A stale one is read anew for the next key press.</summary>
    internal static IReadOnlyList<Model> ModelsFor(IDictionary bound)
    {
        if (ClientOf(bound) is not AtlasCloudClient client)
        {
            return [];
        }

        client.Models.RefreshSoon();
        return client.Models.Known;
    }

    /// <summary>What fits what was typed: first what begins so, then what holds it, then what holds each of its words.</summary>
    internal static IEnumerable<CompletionResult> Results<T>(string? typed, IEnumerable<T> items, Func<T, string> textOf, Func<T, string> tipOf)
    {
        char? quote = typed is { Length: > 0 } && typed[0] is '\'' or '"' ? typed![0] : null;
        string word = (typed ?? "").Trim('\'', '"');
        string[] words = word.Split([' ', '*'], StringSplitOptions.RemoveEmptyEntries);
        return items
            .Select((item, place) => (Item: item, Text: textOf(item), Place: place))
            .Select(i => (i.Item, i.Text, i.Place, Rank: RankOf(i.Text, word, words)))
            .Where(i => i.Rank is not null && !i.Text.Any(SafeText.IsUnprintable))
            .OrderBy(i => i.Rank).ThenBy(i => i.Place)
            .Select(i => Result(Quoted(i.Text, quote), i.Text, tipOf(i.Item)));
    }

    /// <summary>One line of the list: what is put on the command line, what is shown, and what is said about it.</summary>
    internal static CompletionResult Result(string text, string shown, string tip) =>
        new(text, shown, CompletionResultType.ParameterValue, OneLine(tip) is { Length: > 0 } said ? said : shown);

    private static int? RankOf(string text, string word, string[] words) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0
        : text.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1
        : words.Length > 0 && words.All(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 2
        : null;

    // A quote that was opened is closed by the same; otherwise there is one only where the text needs it.
    internal static string Quoted(string text, char? quote) => quote switch
    {
        '"' => $"\"{text.Replace("`", "``", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal)}\"",
        null when text is "$true" or "$false" || decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => text,
        null when text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or ':') && text[0] is not '-' => text,
        _ => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private static string OneLine(string text)
    {
        string begin = text.Length > LongestTip ? text[..(LongestTip - 1)] + "…" : text;
        return string.Concat(begin.Select(c => SafeText.IsUnprintable(c) ? ' ' : c)).Trim();
    }
}
