namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes categories of models.</summary>
public sealed class CategoryCompleter : CatalogWordCompleter
{
    private protected override IEnumerable<string> GetWords(Model model) => model.Categories;
}
