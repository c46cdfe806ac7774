using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes -Parameters with the inputs of the model on the command line, each as a hashtable to be continued. PowerShell calls no
/// completer inside a hashtable, so each completion consists of a key and a constant value.
/// </summary>
public sealed class ParametersCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").TrimStart('@', '{', ' ', '\'', '"');
        return from member in CachedModels.GetInputs(commandName, fakeBoundParameters).SelectMany(i => i.Schema.Parameters).DistinctBy(m => m.Name)
               where member.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               from result in Completion.CreateResult(CompletionText.FromEntry(member.Name, GetValue(member)), member.Name, ModelInputParameters.Describe(member))
               select result;
    }

    // The default, if there is one, is valid. Its own type can differ from the one that the schema declares.
    private static object GetValue(ModelParameter member)
    {
        object? value = member.Default ?? ModelValueCompleter.GetValues(member).FirstOrDefault().Value;
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return member.Type switch
        {
            "boolean" => !bool.TryParse(text, out bool flag) || flag,
            "integer" or "number" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : 0m,
            "array" => Array.Empty<object>(),
            "object" => new Hashtable(),
            _ => value is bool or string ? value : text,
        };
    }
}
