using System.Collections;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>What the completers of assets share: assets are found by their text or by their name.</summary>
internal static class AssetCompletion
{
    private static readonly string[] s_prefixes = ["asset://", "asset:/", "asset:"];

    internal static IEnumerable<CompletionResult> Complete(IDictionary bound, string? typed, Func<Asset, bool> filter, Func<Asset, string> getText)
    {
        char? quote = CompletionText.GetQuote(typed);
        string word = CompletionText.TrimQuotes(typed);
        string name = word[(s_prefixes.FirstOrDefault(p => word.StartsWith(p, StringComparison.OrdinalIgnoreCase))?.Length ?? 0)..];
        return (Completion.GetClient(bound)?.Assets.Known ?? [])
            .Where(filter)
            .Where(a => getText(a).Contains(name, StringComparison.OrdinalIgnoreCase) || a.Name?.Contains(name, StringComparison.OrdinalIgnoreCase) == true)
            .OrderByDescending(a => getText(a).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .SelectMany(a => Completion.CreateResult(CompletionText.FromValue(getText(a), quote), a.Name ?? getText(a), Describe(a)));
    }

    private static string Describe(Asset asset) => string.Join(
        " · ", new[] { asset.Kind == MediaKind.Unknown ? null : asset.Kind.ToString(), asset.Status, asset.Name, asset.ToString() }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
