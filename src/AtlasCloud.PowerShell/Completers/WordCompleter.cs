using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes a parameter from a fixed list of words. The parameter accepts other values too.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private readonly string[] _words;

    private protected WordCompleter(params string[] words) => _words = words;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        char? quote = CompletionText.GetQuote(wordToComplete);
        string typed = CompletionText.TrimQuotes(wordToComplete);
        return _words.Where(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).SelectMany(w => Completion.CreateResult(CompletionText.FromValue(w, quote), w, w));
    }
}
