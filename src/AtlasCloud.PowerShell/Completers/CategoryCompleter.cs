namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes what models take and make.</summary>
public sealed class CategoryCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> WordsOf(Model model) => model.Categories;
}
