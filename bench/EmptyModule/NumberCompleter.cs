using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.Bench.EmptyModule;

/// <summary>Completes 500 names that are in memory.</summary>
public sealed class NumberCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Enumerable.Range(0, 500).Select(n => new CompletionResult(n.ToString("model-000", CultureInfo.InvariantCulture)));
}
