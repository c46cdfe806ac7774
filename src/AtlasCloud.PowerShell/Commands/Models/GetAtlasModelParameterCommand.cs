using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the inputs of models, in the service's display order.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasModelParameter")]
[OutputType(typeof(ModelParameter))]
public sealed class GetAtlasModelParameterCommand : SessionCmdlet
{
    /// <summary>Models or their IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of a model, as Get-AtlasModel shows it.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Model { get; set; } = [];

    /// <summary>Names of inputs; wildcards are allowed. Default: all inputs.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Requests the inputs even if the cached copy is fresh.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Model, name =>
    {
        (Model model, ModelSchema? schema) = Run(async stopping =>
        {
            Model resolved = await Client.Models.ResolveAsync(name, cancellationToken: stopping).ConfigureAwait(false);
            return (resolved, await Client.Models.GetSchemaAsync(resolved, Refresh, stopping).ConfigureAwait(false));
        });
        if (schema is null)
        {
            WriteWarning(model.Type == "Text"
                ? $"{model.Id} is a language model. Its inputs are the parameters of Invoke-AtlasChat."
                : $"{model.Id} publishes no list of its inputs. Use the parameters of New-Atlas{model.Type}, -Parameters for other inputs, and -SkipValidation, since they cannot be validated.");
            return;
        }

        foreach (string pattern in Name ?? ["*"])
        {
            Write(schema, pattern);
        }
    });

    private void Write(ModelSchema schema, string pattern)
    {
        WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        ModelParameter[] found = [.. schema.Parameters.Where(p => wildcard.IsMatch(p.Name))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            found = [schema.Get(pattern)];
        }

        WriteObject(found, enumerateCollection: true);
    }
}
