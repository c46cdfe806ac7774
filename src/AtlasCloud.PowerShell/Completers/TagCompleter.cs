namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes tags of models.</summary>
public sealed class TagCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> GetWords(Model model) => model.Tags;
}
