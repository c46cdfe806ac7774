using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes words of the cached catalog, the most frequent first.</summary>
public abstract class CatalogWordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Complete(
            wordToComplete,
            Completion.GetModels(fakeBoundParameters).Where(m => !m.IsHidden).SelectMany(GetWords).GroupBy(w => w, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase),
            g => g.Key,
            g => g.Count() == 1 ? "1 model" : $"{g.Count()} models");

    /// <summary>Returns the words of a model.</summary>
    private protected abstract IEnumerable<string> GetWords(Model model);
}
