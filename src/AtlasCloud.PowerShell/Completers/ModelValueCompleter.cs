using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes a value from those that the model on the command line allows, with their labels as tooltips; without a model, from common
/// values. Only cached schemas are read: a key press never sends a request.
/// </summary>
public abstract class ModelValueCompleter : IArgumentCompleter
{
    // A longer list of numbers is of no use.
    private const int MaxNumbers = 32;

    private readonly string[] _defaults;

    private protected ModelValueCompleter(params string[] defaults) => _defaults = defaults;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        char? quote = wordToComplete is { Length: > 0 } && wordToComplete[0] is '\'' or '"' ? wordToComplete![0] : null;
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        ModelParameter? member = CachedModels.GetInputs(fakeBoundParameters) is (ModelSchema schema, ModelInputs own)
            ? FindCommon(schema, parameterName) ?? own.All.FirstOrDefault(i => i.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.Member
            : null;
        return (member is null ? _defaults.Select(w => (Text: w, Tooltip: w)) : GetValues(member))
            .Where(v => v.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(v => Completion.CreateResult(Completion.Quote(v.Text, quote), v.Text, v.Tooltip));
    }

    private static ModelParameter? FindCommon(ModelSchema schema, string parameterName) =>
        Enum.TryParse(parameterName, out CommonInput common) ? schema.FindCommon(common) : null;

    /// <summary>Returns the values to offer for an input, as text, each with its tooltip.</summary>
    internal static IEnumerable<(string Text, string Tooltip)> GetValues(ModelParameter member)
    {
        if (member.AllowedValues.Count > 0)
        {
            return member.AllowedValues.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "")
                .Select(v => (v, member.Labels[v] is string label && label.Length > 0 ? label : ModelInputParameters.Describe(member)));
        }

        string tooltip = ModelInputParameters.Describe(member);
        if (member.Type == "boolean")
        {
            return [("$true", tooltip), ("$false", tooltip)];
        }

        decimal step = member.Step ?? 1;
        return member is { Type: "integer" or "number", Minimum: decimal minimum, Maximum: decimal maximum } && step > 0 && (maximum - minimum) / step <= MaxNumbers
            ? Enumerable.Range(0, (int)((maximum - minimum) / step) + 1).Select(n => ((minimum + (n * step)).ToString(CultureInfo.InvariantCulture), tooltip))
            : member.Default is not null ? [(Convert.ToString(member.Default, CultureInfo.InvariantCulture) ?? "", tooltip)] : [];
    }
}
