using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// Completes a value from those that the models on the command line allow, with their labels as tooltips: nothing for an input that they lack.
/// Without a model, completes common values.
/// </summary>
public abstract class ModelValueCompleter : IArgumentCompleter
{
    // A longer list of numbers is of no use.
    private const int MaxNumbers = 32;

    private const decimal MaxNumber = 1_000_000_000_000_000m;

    private readonly string[] _defaults;

    private protected ModelValueCompleter(params string[] defaults) => _defaults = defaults;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        char? quote = CompletionText.GetQuote(wordToComplete);
        string typed = CompletionText.TrimQuotes(wordToComplete);
        IEnumerable<(object Value, string Tooltip)> offered = CachedModels.GetNames(commandName, fakeBoundParameters).Count == 0
            ? _defaults.Select(w => ((object)w, w))
            : CachedModels.GetInputs(commandName, fakeBoundParameters).Select(i => FindMember(i, parameterName)).OfType<ModelParameter>()
                .SelectMany(m => ChosenValues.Omit(m, GetValues(m), typed, parameterName, commandAst)).DistinctBy(v => v.Value);
        return offered
            .Select(v => (Text: CompletionText.FromValue(v.Value, quote), Shown: Format(v.Value), v.Tooltip))
            .Where(v => v.Shown.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .SelectMany(v => Completion.CreateResult(v.Text, v.Shown, v.Tooltip));
    }

    private static ModelParameter? FindMember(ModelInputs inputs, string parameterName) =>
        Enum.TryParse(parameterName, out CommonInput common) && Enum.IsDefined(common) ? inputs.Schema.FindCommon(common)
        : inputs.All.Concat(inputs.Spellings).FirstOrDefault(i => i.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.Member;

    /// <summary>Returns the values to offer for an input: text, numbers and booleans, each with its tooltip.</summary>
    internal static IEnumerable<(object Value, string Tooltip)> GetValues(ModelParameter member)
    {
        string tooltip = ModelInputParameters.Describe(member);
        if (member.AllowedValues.Count > 0)
        {
            return member.AllowedValues.OfType<object>()
                .Select(v => (v, member.Labels[Convert.ToString(v, CultureInfo.InvariantCulture) ?? ""] is string label && label.Length > 0 ? label : tooltip));
        }

        if (member.Type == "boolean")
        {
            return [(true, tooltip), (false, tooltip)];
        }

        return GetNumbers(member) is { Count: > 0 } numbers ? numbers.Select(n => ((object)n, tooltip))
            : member.Default is object value ? [(value, tooltip)] : [];
    }

    // The bounds come from the service, so their difference can overflow.
    private static IReadOnlyList<decimal> GetNumbers(ModelParameter member)
    {
        decimal step = member.Step ?? 1;
        if (member is not { Type: "integer" or "number", Minimum: decimal minimum, Maximum: decimal maximum } || step <= 0
            || minimum < -MaxNumber || maximum > MaxNumber || maximum < minimum || (maximum - minimum) / MaxNumbers > step)
        {
            return [];
        }

        return [.. Enumerable.Range(0, (int)((maximum - minimum) / step) + 1).Select(n => minimum + (n * step))];
    }

    private static string Format(object value) =>
        value is bool flag ? flag ? "$true" : "$false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
