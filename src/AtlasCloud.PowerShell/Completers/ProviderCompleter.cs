namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes providers of models.</summary>
public sealed class ProviderCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> GetWords(Model model) => model.Provider is string provider ? [provider] : [];
}
