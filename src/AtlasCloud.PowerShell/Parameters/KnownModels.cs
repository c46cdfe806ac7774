using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Parameters;

/// <summary>What is known of a model without asking anybody.</summary>
internal static class KnownModels
{
    private static readonly Lazy<IReadOnlySet<string>> s_taken = new(() => ModelInputs.NamesOf(typeof(NewAtlasVideoCommand)));

    /// <summary>The names that a model's own inputs cannot have on any command that makes requests.</summary>
    internal static IReadOnlySet<string> TakenNames => s_taken.Value;

    /// <summary>The inputs of the model among the arguments; null where there is none, or it is not known yet.</summary>
    internal static (ModelSchema Schema, ModelInputs Own)? InputsOf(IDictionary arguments) =>
        Text(arguments["Model"]) is string name && SchemaOf(SessionOf(arguments), name) is ModelSchema schema
            ? (schema, ModelInputs.Of(schema, TakenNames))
            : null;

    /// <summary>The session among the arguments, else that of the runspace; null where the environment names none that works.</summary>
    internal static Session? SessionOf(IDictionary arguments)
    {
        try
        {
            return Plain(arguments["Session"]) as Session ?? DefaultSession.Current.Get();
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }

    /// <summary>The inputs of a model as memory or disk have them; null where they do not.</summary>
    internal static ModelSchema? SchemaOf(Session? session, string name) =>
        Find(session, name) is (ModelCatalog catalog, Model model) ? catalog.KnownSchema(model) : null;

    /// <summary>Reads what is missing beside the typing, so that one of the next key presses knows it.</summary>
    internal static void LearnSoon(Session? session, string name)
    {
        if (Find(session, name) is (ModelCatalog catalog, Model model))
        {
            catalog.RefreshSchemaSoon(model);
        }
        else
        {
            session?.Client.Models.RefreshSoon();
        }
    }

    private static (ModelCatalog Catalog, Model Model)? Find(Session? session, string name)
    {
        try
        {
            return session?.Client.Models is ModelCatalog catalog ? (catalog, ModelNames.Resolve(name, catalog.Known)) : null;
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Text(object? value) => Plain(value) as string;
}
