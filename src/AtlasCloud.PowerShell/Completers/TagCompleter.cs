namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the labels of models.</summary>
public sealed class TagCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> WordsOf(Model model) => model.Tags;
}
