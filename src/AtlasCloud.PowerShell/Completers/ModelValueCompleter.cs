using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes a value from what the model on the command line allows, the schema's own words for it beside; without a model, from the
/// usual words. Only what is in memory or on disk is looked at: a key press never asks the network.
/// </summary>
public abstract class ModelValueCompleter : IArgumentCompleter
{
    // More than that is a number to be typed, not to be chosen.
    private const int MostNumbers = 32;

    private readonly string[] _usual;

    private protected ModelValueCompleter(params string[] usual) => _usual = usual;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        char? quote = wordToComplete is { Length: > 0 } && wordToComplete[0] is '\'' or '"' ? wordToComplete![0] : null;
        string begun = (wordToComplete ?? "").Trim('\'', '"');
        ModelParameter? member = KnownModels.InputsOf(fakeBoundParameters) is (ModelSchema schema, ModelInputs own)
            ? CommonInputs.Find(schema, parameterName) ?? own.All.FirstOrDefault(i => i.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.Member
            : null;
        return (member is null ? _usual.Select(w => (Text: w, Tooltip: w)) : ValuesOf(member))
            .Where(v => v.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(v => Completion.Result(Completion.Quoted(v.Text, quote), v.Text, v.Tooltip));
    }

    /// <summary>The values that an input may have, as text, with what each means.</summary>
    internal static IEnumerable<(string Text, string Tooltip)> ValuesOf(ModelParameter member)
    {
        if (member.AllowedValues.Count > 0)
        {
            return member.AllowedValues.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "")
                .Select(v => (v, member.Labels[v] is string label && label.Length > 0 ? label : ModelInputParameters.Describe(member)));
        }

        string about = ModelInputParameters.Describe(member);
        if (member.Type == "boolean")
        {
            return [("$true", about), ("$false", about)];
        }

        decimal step = member.Step ?? 1;
        return member is { Type: "integer" or "number", Minimum: decimal least, Maximum: decimal most } && step > 0 && (most - least) / step <= MostNumbers
            ? Enumerable.Range(0, (int)((most - least) / step) + 1).Select(n => ((least + (n * step)).ToString(CultureInfo.InvariantCulture), about))
            : member.Default is not null ? [(Convert.ToString(member.Default, CultureInfo.InvariantCulture) ?? "", about)] : [];
    }
}
