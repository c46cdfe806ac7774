using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns models from the catalog.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasModel")]
[OutputType(typeof(Model), typeof(ModelChange))]
public sealed class GetAtlasModelCommand : SessionCmdlet
{
    private bool? _areFiltersKnown;
    private bool _isPrefetched;
    private IReadOnlyList<ModelChange>? _changes;

    /// <summary>Model IDs; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Model", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Types (Image, Video, Audio, Text) or kinds (3D, Chat, Speech, Music, Transcription).</summary>
    [Parameter]
    [Alias("Kind")]
    [ArgumentCompleter(typeof(ModelTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Providers, as in the first part of the ID; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Provider { get; set; }

    /// <summary>Categories, such as TEXT-TO-VIDEO; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CategoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Category { get; set; }

    /// <summary>Tags, such as NEW or HOT; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Words that must all occur in the ID, the name, the description, the tags or the categories.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Requests the catalog even if the cached copy is fresh.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Includes models that the service's console hides.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Requests the catalog and returns what differs from the copy of the last refresh: new and removed models, other prices, and other inputs of the models whose
    /// inputs are cached. The copy is replaced.
    /// </summary>
    [Parameter]
    public SwitchParameter Changed { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        (Type, Tag, Category) = (Restore3D(Type), Restore3D(Tag), Restore3D(Category));
        if (Changed)
        {
            _changes = Run(Client.Models.RefreshAndCompareAsync);
            if (_changes is null)
            {
                WriteWarning("There was no earlier copy of the catalog to compare with. It is stored now, and the next call compares with it.");
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (Changed)
        {
            WriteObject((_changes ?? []).Where(c => (Id is null || Id.Any(i => IsMatch(c.Id, i))) && IsShown(c.Model) && MatchesFilters(c.Model)), enumerateCollection: true);
            return;
        }

        IReadOnlyList<Model> catalog = Run(stopping => Client.Models.ListAsync(Refresh, stopping));
        Refresh = false;
        if (_areFiltersKnown is null)
        {
            _areFiltersKnown = false;
            RequireKnownFilters(catalog);
            _areFiltersKnown = true;
        }

        // The error was written for the first input.
        if (_areFiltersKnown == false)
        {
            return;
        }

        foreach (string pattern in Id ?? ["*"])
        {
            if (WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                WriteObject(Sort(catalog.Where(m => IsMatch(m.Id, pattern) && IsShown(m) && MatchesFilters(m))), enumerateCollection: true);
                continue;
            }

            try
            {
                // A hidden model is returned if it is named.
                Model model = Find(pattern, catalog);
                if (MatchesFilters(model))
                {
                    Prefetch(model);
                    WriteObject(model);
                }
            }
            catch (AtlasCloudException exception)
            {
                WriteFailure(exception, pattern);
            }
        }
    }

    // PowerShell reads 3D in a list as the number 3 with the suffix of a decimal.
    private static string[]? Restore3D(string[]? words) => words is null ? null : [.. words.Select(w => w == "3" ? "3D" : w)];

    // Whoever names one model is likely to use it next, and then to press Tab.
    private void Prefetch(Model model)
    {
        if (Id is [_] && !_isPrefetched)
        {
            _isPrefetched = true;
            Client.Models.QueueSchemaRefresh(model);
        }
    }

    private Model Find(string name, IReadOnlyList<Model> catalog) =>
        catalog.FirstOrDefault(m => m.Id == name)
        ?? catalog.FirstOrDefault(m => m.Id.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? Run(stopping => Client.Models.ResolveAsync(name, cancellationToken: stopping));

    // A misspelled filter would find nothing, which looks like an answer. A combination of valid filters may find nothing.
    private void RequireKnownFilters(IReadOnlyList<Model> catalog)
    {
        foreach (string type in Type ?? [])
        {
            if (!ModelTypeCompleter.Words.Contains(type, StringComparer.OrdinalIgnoreCase) && !catalog.Any(m => m.IsOfType(type)))
            {
                throw CmdletErrors.FilterWithoutModel(nameof(Type), type, ModelTypeCompleter.Words);
            }
        }

        RequireKnown(nameof(Provider), Provider, [.. catalog.Where(m => m.Provider is not null).Select(m => m.Provider!)]);
        RequireKnown(nameof(Category), Category, [.. catalog.SelectMany(m => m.Categories)]);
        RequireKnown(nameof(Tag), Tag, [.. catalog.SelectMany(m => m.Tags)]);
    }

    private static void RequireKnown(string parameter, string[]? values, string[] existing)
    {
        string? unknown = values?.FirstOrDefault(v => !WildcardPattern.ContainsWildcardCharacters(v) && !existing.Any(e => IsMatch(NormalizeSeparators(e), NormalizeSeparators(v))));
        if (unknown is not null)
        {
            throw CmdletErrors.FilterWithoutModel(parameter, unknown, [.. existing.Select(NormalizeSeparators).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);
        }
    }

    private bool IsShown(Model model) => !model.IsHidden || Force;

    private bool MatchesFilters(Model model) =>
        (Type is null || Type.Any(model.IsOfType))
        && (Provider is null || Provider.Any(p => IsMatch(model.Provider ?? "", p)))
        && (Category is null || Category.Any(c => model.Categories.Any(has => IsMatch(NormalizeSeparators(has), NormalizeSeparators(c)))))
        && (Tag is null || Tag.Any(t => model.Tags.Any(has => IsMatch(NormalizeSeparators(has), NormalizeSeparators(t)))))
        && model.MatchesSearch(Search ?? "");

    private static IOrderedEnumerable<Model> Sort(IEnumerable<Model> models) => models
        .OrderBy(m => m.Type switch { "Image" => 0, "Video" => 1, "Audio" => 2, "Text" => 3, _ => 4 })
        .ThenBy(m => m.Type, StringComparer.Ordinal)
        .ThenBy(m => m.Kind)
        .ThenByDescending(m => m.Priority)
        .ThenBy(m => m.Id, StringComparer.Ordinal);

    // The catalog spells categories both TEXT_TO_MUSIC and TEXT-TO-VIDEO.
    private static string NormalizeSeparators(string text) => text.Replace('_', '-');

    private static bool IsMatch(string text, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}
