using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the IDs of assets that the session has listed or registered, by ID or by name. Sends no request.</summary>
public sealed class AssetIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        AssetCompletion.Complete(fakeBoundParameters, wordToComplete, _ => true, a => a.Id);
}
