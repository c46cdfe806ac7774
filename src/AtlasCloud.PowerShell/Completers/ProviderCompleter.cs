namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes who makes models.</summary>
public sealed class ProviderCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> WordsOf(Model model) => model.Provider is string provider ? [provider] : [];
}
