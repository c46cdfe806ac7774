using System.Management.Automation;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns models of the catalog.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasModel")]
[OutputType(typeof(Model))]
public sealed class GetAtlasModelCommand : SessionCmdlet
{
    /// <summary>Ids or parts of them with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Model", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Image, Video, Audio or Text; or what it makes: 3D, Chat, Speech, Music, Transcription.</summary>
    [Parameter]
    [Alias("Kind")]
    [ArgumentCompleter(typeof(ModelTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Who made it, as in the first part of the id.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Provider { get; set; }

    /// <summary>What it takes and makes, as in TEXT-TO-VIDEO.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CategoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Category { get; set; }

    /// <summary>Its labels, as in NEW or HOT.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Words, each of which has to stand in the id, the name, the description, the tags or the categories.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Read the catalog anew.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Return models too that the service's console hides.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        IReadOnlyList<Model> catalog = Run(stopping => Client.Models.ListAsync(Refresh, stopping));
        Refresh = false;
        foreach (string pattern in Id ?? ["*"])
        {
            if (WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                WriteObject(ModelTypeNames.Sort(catalog.Where(m => IsLike(m.Id, pattern) && IsShown(m) && Passes(m))), enumerateCollection: true);
                continue;
            }

            try
            {
                // Who names a hidden model gets it.
                Model model = Find(pattern, ref catalog);
                if (Passes(model))
                {
                    WriteObject(model);
                }
            }
            catch (AtlasCloudException exception)
            {
                WriteFailure(exception, pattern);
            }
        }
    }

    private Model Find(string name, ref IReadOnlyList<Model> catalog)
    {
        if (Exact(catalog) is Model exact)
        {
            return exact;
        }

        // It may be newer than a stale copy.
        IReadOnlyList<Model> lacking = catalog;
        catalog = Run(stopping => Client.Models.RereadAsync(lacking, stopping)) ?? catalog;
        if (Exact(catalog) is Model later)
        {
            return later;
        }

        ModelMatch match = ModelResolver.Match(name, catalog);
        if (match.Note(name) is string note)
        {
            WriteWarning(note);
        }

        return match.Model;

        Model? Exact(IReadOnlyList<Model> models) =>
            models.FirstOrDefault(m => m.Id == name) ?? models.FirstOrDefault(m => m.Id.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private bool IsShown(Model model) => !model.IsHidden || Force;

    private bool Passes(Model model) =>
        (Type is null || Type.Any(t => ModelTypeNames.Fits(model, t)))
        && (Provider is null || Provider.Any(p => IsLike(model.Provider ?? "", p)))
        && (Category is null || Category.Any(c => model.Categories.Any(has => IsLike(Dashed(has), Dashed(c)))))
        && (Tag is null || Tag.Any(t => model.Tags.Any(has => IsLike(Dashed(has), Dashed(t)))))
        && (Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => Mentions(model, word));

    private static bool Mentions(Model model, string word) =>
        new[] { model.Id, model.DisplayName, model.Description, model.Provider, model.Type, model.Kind.ToString(), model.Family }
            .Concat(model.Tags).Concat(model.Categories)
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
        || ModelTypeNames.Fits(model, word);

    // The catalog writes both TEXT_TO_MUSIC and TEXT-TO-VIDEO.
    private static string Dashed(string text) => text.Replace('_', '-');

    private static bool IsLike(string text, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}
