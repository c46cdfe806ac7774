using System.Management.Automation;
using AtlasCloud.PowerShell.Parameters;
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

    /// <summary>Text, Image, Video or Audio; or what it makes: Chat, ThreeD, Speech, Music, Transcription.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Who made it, as in the first part of the id.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Provider { get; set; }

    /// <summary>What it takes and makes, as in TEXT-TO-VIDEO.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CategoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Category { get; set; }

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
            Model[] found = [.. catalog.Where(m => IsLike(m.Id, pattern) && Passes(m, pattern))];
            if (found.Length > 0)
            {
                WriteObject(found, enumerateCollection: true);
            }
            else if (!WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                WriteFailure(ModelNames.NotFound(pattern, catalog), pattern);
            }
        }
    }

    // A hidden model is shown to whoever names it.
    private bool Passes(Model model, string pattern) =>
        (!model.IsHidden || Force || model.Id.Equals(pattern, StringComparison.OrdinalIgnoreCase))
        && (Type is null || Type.Any(t => model.Type.Equals(t, StringComparison.OrdinalIgnoreCase) || model.Kind.ToString().Equals(t, StringComparison.OrdinalIgnoreCase)))
        && (Provider is null || Provider.Any(p => IsLike(model.Provider ?? "", p)))
        && (Category is null || Category.Any(c => model.Categories.Any(has => IsLike(has.Replace('_', '-'), c))))
        && (Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => Mentions(model, word));

    private static bool Mentions(Model model, string word) =>
        new[] { model.Id, model.DisplayName, model.Description, model.Type, model.Kind.ToString(), model.Family }
            .Concat(model.Tags).Concat(model.Categories)
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsLike(string text, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}
