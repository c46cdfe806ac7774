using System.Globalization;

namespace AtlasCloud.Models;

/// <summary>Compares two copies of the catalog and of model schemas.</summary>
internal static class CatalogComparison
{
    /// <summary>Returns new and removed models and changed prices, by ID.</summary>
    internal static IEnumerable<ModelChange> Compare(IReadOnlyList<Model> before, IReadOnlyList<Model> after)
    {
        Dictionary<string, Model> old = before.DistinctBy(m => m.Id, StringComparer.Ordinal).ToDictionary(m => m.Id, StringComparer.Ordinal);
        foreach (Model model in after.DistinctBy(m => m.Id, StringComparer.Ordinal))
        {
            if (!old.Remove(model.Id, out Model? earlier))
            {
                yield return new ModelChange { Model = model, Change = ModelChangeKind.Added, After = model.Pricing?.ToString() };
            }
            else if (earlier.Pricing != model.Pricing)
            {
                yield return new ModelChange { Model = model, Change = ModelChangeKind.PriceChanged, Before = Format(earlier.Pricing), After = Format(model.Pricing) };
            }
        }

        foreach (Model model in old.Values)
        {
            yield return new ModelChange { Model = model, Change = ModelChangeKind.Removed, Before = model.Pricing?.ToString() };
        }
    }

    /// <summary>Returns the inputs that differ; null if none does. Descriptions are not compared.</summary>
    internal static ModelChange? Compare(Model model, ModelSchema before, ModelSchema after)
    {
        string[] inputs =
        [
            .. after.Parameters.Where(p => before.Find(p.Name) is null).Select(p => "+" + p.Name),
            .. before.Parameters.Where(p => after.Find(p.Name) is null).Select(p => "-" + p.Name),
            .. after.Parameters.Where(p => before.Find(p.Name) is ModelParameter old && Rules(old) != Rules(p)).Select(p => "~" + p.Name),
        ];
        return inputs.Length == 0 ? null : new ModelChange { Model = model, Change = ModelChangeKind.InputsChanged, Inputs = inputs };
    }

    // The price with its discount, which the short form does not show.
    private static string? Format(ModelPrice? price) =>
        price is null ? null : price.PercentOfList is decimal percent and not 100 ? string.Create(CultureInfo.InvariantCulture, $"{price} ({percent:0.##} % of list)") : price.ToString();

    private static string Rules(ModelParameter p) => string.Create(
        CultureInfo.InvariantCulture,
        $"{p.Type}|{p.ItemType}|{p.IsRequired}|{p.AllowsMultiple}|{p.Default}|{p.Minimum}|{p.Maximum}|{p.Step}|{p.MinimumLength}|{p.MaximumLength}|{p.MinimumCount}|{p.MaximumCount}|{p.Format}|"
        + $"{p.ItemMinimum}|{p.ItemMaximum}|{string.Join('\u001F', p.AllowedValues)}|{string.Join('\u001F', p.ItemAllowedValues)}|{string.Join('\u001E', p.Members.Select(m => m.Name + Rules(m)))}");
}
