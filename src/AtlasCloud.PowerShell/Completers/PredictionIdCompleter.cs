using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the IDs of predictions that this process has seen, the latest first, and of unfinished ones in the journal. Sends no request.</summary>
public sealed class PredictionIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Complete(
            wordToComplete,
            Completion.GetClient(fakeBoundParameters) is AtlasCloudClient client ? client.Predictions.Recent.Concat(client.Journal.ListOpenPredictions()).DistinctBy(p => p.Id) : [],
            p => p.Id,
            GetTooltip);

    private static string GetTooltip(Prediction prediction) => string.Join(
        " · ", new[] { prediction.Status, prediction.Model, prediction.Label, prediction.Request?["prompt"] as string }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
