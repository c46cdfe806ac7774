using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes -Parameters with the inputs of the chosen model, each as a hashtable that can be written on. Inside a hashtable the shell
/// asks no completer, so key and value come together.
/// </summary>
public sealed class ParametersCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string begun = (wordToComplete ?? "").TrimStart('@', '{', ' ', '\'', '"');
        return KnownModels.InputsOf(fakeBoundParameters) is not (ModelSchema schema, _)
            ? []
            : from member in schema.Parameters
              where member.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase)
              select Completion.Result($"@{{ {Key(member.Name)} = {ValueOf(member)} }}", member.Name, ModelInputParameters.Describe(member));
    }

    // The default first: it is one that works.
    private static string ValueOf(ModelParameter member)
    {
        string? known = member.Default is object value ? Convert.ToString(value, CultureInfo.InvariantCulture) : ModelValueCompleter.ValuesOf(member).FirstOrDefault().Text;
        return member.Type switch
        {
            "boolean" => $"${known?.TrimStart('$').ToLowerInvariant() ?? "true"}",
            "integer" or "number" => known ?? "0",
            "array" => "@()",
            "object" => "@{}",
            _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(known ?? "")}'",
        };
    }

    private static string Key(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
