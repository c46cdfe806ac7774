using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes asset:// in a media parameter with the active assets that the session has listed or registered. Other text is left to the engine, which
/// completes paths. Offers nothing for an input that the models on the command line lack.
/// </summary>
public sealed class MediaCompleter : IArgumentCompleter
{
    private const string Prefix = "asset:";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<ModelInputs> models = CachedModels.GetInputs(commandName, fakeBoundParameters);
        if (models.Count > 0 && Enum.TryParse(parameterName, out CommonInput input) && !models.Any(m => m.Schema.Accepts(input)))
        {
            return [];
        }

        // The engine completes paths only for null: an empty result means that there is nothing to offer.
        return CompletionText.TrimQuotes(wordToComplete).StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? AssetCompletion.Complete(fakeBoundParameters, wordToComplete, asset => IsUsable(asset, parameterName), a => a.ToString())
            : null!;
    }

    private static bool IsUsable(Asset asset, string parameterName) =>
        asset is { State: AssetState.Active, Reference: not null }
        && (asset.Kind == MediaKind.Unknown || parameterName.EndsWith(asset.Kind.ToString(), StringComparison.OrdinalIgnoreCase));
}
