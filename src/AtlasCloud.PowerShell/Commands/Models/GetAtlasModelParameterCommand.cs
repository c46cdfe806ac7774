using System.Management.Automation;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the inputs of models, in the order in which the service shows them.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasModelParameter")]
[OutputType(typeof(ModelParameter))]
public sealed class GetAtlasModelParameterCommand : SessionCmdlet
{
    /// <summary>The models, or their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of a model, as Get-AtlasModel shows it.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Model { get; set; } = [];

    /// <summary>Only inputs of these names.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Read the inputs anew.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Model, name =>
    {
        (Model model, ModelSchema? schema) = Run(async stopping =>
        {
            ModelMatch match = await Client.Models.MatchAsync(name, null, stopping).ConfigureAwait(false);
            return (match.Model, await Client.Models.ReadSchemaAsync(match.Model, Refresh, stopping).ConfigureAwait(false));
        });
        if (schema is null)
        {
            WriteWarning(model.Type == "Text"
                ? $"{model.Id} is a language model: its inputs are the parameters of Invoke-AtlasChat."
                : $"{model.Id} publishes no list of its inputs. The usual parameters of New-Atlas{model.Type} work as far as it knows them, others go into -Parameters; nothing is checked before sending.");
            return;
        }

        foreach (string pattern in Name ?? ["*"])
        {
            Write(model, schema, pattern);
        }
    });

    private void Write(Model model, ModelSchema schema, string pattern)
    {
        WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        ModelParameter[] found = [.. schema.Parameters.Where(p => wildcard.IsMatch(p.Name))];
        if (found.Length > 0)
        {
            WriteObject(found, enumerateCollection: true);
        }
        else if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"{model.Id} has no input '{pattern}'. It takes {string.Join(", ", schema.Parameters.Select(p => p.Name))}.")
            {
                RecommendedAction = $"Run Get-AtlasModelParameter {model.Id} to see what each means.",
                Target = pattern,
            };
        }
    }
}
