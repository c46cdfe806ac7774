using System.Collections;
using System.Management.Automation;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>What is known of a model without asking anybody.</summary>
internal static class KnownModels
{
    private static readonly Lazy<IReadOnlySet<string>> s_taken = new(() => ModelInputs.NamesOf(typeof(NewAtlasVideoCommand), typeof(MeasureAtlasCostCommand)));

    /// <summary>The names that a model's own inputs cannot have on any command that makes requests.</summary>
    internal static IReadOnlySet<string> TakenNames => s_taken.Value;

    /// <summary>The inputs of the model among the arguments; null where there is none, or it is not known yet.</summary>
    internal static (ModelSchema Schema, ModelInputs Own)? InputsOf(IDictionary arguments) =>
        Text(arguments["Model"]) is string name && SchemaOf(Completion.ClientOf(arguments), name) is ModelSchema schema
            ? (schema, ModelInputs.Of(schema, TakenNames))
            : null;

    /// <summary>The inputs of a model as memory or disk have them; null where they do not.</summary>
    internal static ModelSchema? SchemaOf(AtlasCloudClient? client, string name) =>
        Find(client, name) is (ModelCatalog catalog, Model model) ? catalog.KnownSchema(model) : null;

    /// <summary>Reads what is missing beside the typing, so that one of the next key presses knows it.</summary>
    internal static void LearnSoon(AtlasCloudClient? client, string name)
    {
        if (Find(client, name) is (ModelCatalog catalog, Model model))
        {
            catalog.RefreshSchemaSoon(model);
        }
        else
        {
            client?.Models.RefreshSoon();
        }
    }

    private static (ModelCatalog Catalog, Model Model)? Find(AtlasCloudClient? client, string name)
    {
        try
        {
            return client?.Models is ModelCatalog catalog ? (catalog, ModelResolver.Resolve(name, catalog.Known)) : null;
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Text(object? value) => Plain(value) as string;
}
