using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the ids of predictions that this process has seen, the latest first, and those that the journal has open. Asks nobody.</summary>
public sealed class PredictionIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Results(
            wordToComplete,
            Completion.ClientOf(fakeBoundParameters) is AtlasCloudClient client ? client.Predictions.Recent.Concat(client.Journal.FindOpen()).DistinctBy(p => p.Id) : [],
            p => p.Id,
            TipOf);

    private static string TipOf(Prediction prediction) => string.Join(
        " · ", new[] { prediction.Status, prediction.Model, prediction.Label, prediction.Request?["prompt"] as string }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
