using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes -Parameters with the inputs of the model on the command line, each as a hashtable to be continued. PowerShell calls no
/// completer inside a hashtable, so each completion consists of a key and a value.
/// </summary>
public sealed class ParametersCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").TrimStart('@', '{', ' ', '\'', '"');
        return CachedModels.GetInputs(fakeBoundParameters) is not (ModelSchema schema, _)
            ? []
            : from member in schema.Parameters
              where member.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
              select Completion.CreateResult($"@{{ {FormatKey(member.Name)} = {FormatValue(member)} }}", member.Name, ModelInputParameters.Describe(member));
    }

    // The default, if there is one, is valid.
    private static string FormatValue(ModelParameter member)
    {
        string? text = member.Default is object value ? Convert.ToString(value, CultureInfo.InvariantCulture) : ModelValueCompleter.GetValues(member).FirstOrDefault().Text;
        return member.Type switch
        {
            "boolean" => $"${text?.TrimStart('$').ToLowerInvariant() ?? "true"}",
            "integer" or "number" => text ?? "0",
            "array" => "@()",
            "object" => "@{}",
            _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text ?? "")}'",
        };
    }

    private static string FormatKey(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
