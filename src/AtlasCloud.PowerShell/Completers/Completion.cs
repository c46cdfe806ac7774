using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>What the completers share: the client, matching and ranking, quoting.</summary>
internal static class Completion
{
    private const int MaxTooltipLength = 160;

    /// <summary>Returns the client of the command that is being typed; null if it has no usable one. Never throws, since a key press cannot report errors.</summary>
    internal static AtlasCloudClient? GetClient(IDictionary bound)
    {
        object? given = PSObjects.Unwrap(bound["Session"]);
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

    /// <summary>Returns the models of the cached catalog, for which a key press waits for a moment if there is no copy. A stale copy is refreshed in the background for a later key press.</summary>
    internal static IReadOnlyList<Model> GetModels(IDictionary bound) => GetClient(bound)?.Models.PrefetchAsync().GetAwaiter().GetResult() ?? [];

    /// <summary>Returns the items that match what was typed: first those that start with it, then those that contain it, then those that contain each of its words.</summary>
    internal static IEnumerable<CompletionResult> Complete<T>(string? typed, IEnumerable<T> items, Func<T, string> getText, Func<T, string> getTooltip)
        where T : class
    {
        char? quote = CompletionText.GetQuote(typed);
        string word = CompletionText.TrimQuotes(typed);
        string[] words = word.Split([' ', '*'], StringSplitOptions.RemoveEmptyEntries);

        // Lists of references only: for each query over tuples, the first completion of a process would compile a hundred methods.
        List<T>[] ranks = [[], [], []];
        foreach (T item in items)
        {
            if (GetRank(getText(item), word, words) is int rank)
            {
                ranks[rank].Add(item);
            }
        }

        foreach (List<T> rank in ranks)
        {
            foreach (T item in rank)
            {
                string text = getText(item);
                foreach (CompletionResult result in CreateResult(CompletionText.FromValue(text, quote), text, getTooltip(item)))
                {
                    yield return result;
                }
            }
        }
    }

    /// <summary>Creates a result: the text to insert, the text of the list, and the tooltip. Nothing, if there is no text that can be inserted.</summary>
    internal static IEnumerable<CompletionResult> CreateResult(CompletionText? text, string listText, string tooltip)
    {
        if (text is null)
        {
            return [];
        }

        string shown = TerminalText.ToSingleLine(listText, MaxTooltipLength) is { Length: > 0 } line ? line : text.Text;
        return [new CompletionResult(text.Text, shown, CompletionResultType.ParameterValue, TerminalText.ToSingleLine(tooltip, MaxTooltipLength) is { Length: > 0 } tip ? tip : shown)];
    }

    private static int? GetRank(string text, string word, string[] words) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0
        : text.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1
        : words.Length > 0 && words.All(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 2
        : null;
}
