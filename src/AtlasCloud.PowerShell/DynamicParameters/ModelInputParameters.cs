using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>Creates dynamic parameters from a model's own inputs.</summary>
internal static class ModelInputParameters
{
    private const int MaxLength = 2000;

    /// <summary>
    /// Creates one parameter per input, for the inputs of all models. Values are validated later, with all other inputs in one error. If an input has
    /// different types, the parameter accepts any value, which is converted for each model.
    /// </summary>
    /// <param name="models">The inputs of each model.</param>
    /// <param name="isGiven">Returns whether an input is given in another way, so that it is not mandatory.</param>
    internal static RuntimeDefinedParameterDictionary Create(IReadOnlyList<ModelInputs> models, Func<ModelInput, bool> isGiven)
    {
        RuntimeDefinedParameterDictionary parameters = [];
        HashSet<string> aliases = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, ModelInput> inputs in models.SelectMany(m => m.All.Concat(m.Spellings)).GroupBy(i => i.Name, StringComparer.OrdinalIgnoreCase))
        {
            ModelInput input = inputs.First();
            bool isMixed = inputs.Any(i => i.Type != input.Type);

            // A medium is a path for one model and a text for the other, and a name is another parameter's alias: these are set with -Parameters.
            if ((isMixed && inputs.Any(i => i.IsMedium)) || aliases.Contains(input.Name))
            {
                continue;
            }

            Type type = isMixed ? typeof(object) : input.Type;
            string? alias = input.Alias is string name && !parameters.ContainsKey(name) && aliases.Add(name) ? name : null;
            parameters[input.Name] = new RuntimeDefinedParameter(input.Name, type, CreateAttributes(input with { Alias = alias }, type, input.Common is not null || isGiven(input)));
        }

        return parameters;
    }

    /// <summary>Describes an input in one line, for help, tooltips and the prompt for a missing value.</summary>
    internal static string Describe(ModelParameter member)
    {
        string range = (member.Minimum, member.Maximum) switch
        {
            (decimal minimum, decimal maximum) => string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}"),
            (decimal minimum, null) => string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"),
            (null, decimal maximum) => string.Create(CultureInfo.InvariantCulture, $"at most {maximum}"),
            _ => "",
        };
        string allowed = string.Join(", ", member.AllowedValues.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
        allowed += member.AllowsMultiple ? ", or several of them" : "";
        string @default = member.Default is null ? "" : string.Create(CultureInfo.InvariantCulture, $"default {(member.Default is bool flag ? flag ? "true" : "false" : member.Default)}");
        string facts = string.Join("; ", new[] { allowed.Length > 0 ? allowed : range, @default }.Where(f => f.Length > 0));
        string text = string.Join(" ", (member.Description ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string description = string.Join(". ", new[] { text.TrimEnd('.'), facts }.Where(f => f.Length > 0));
        return TerminalText.ToSingleLine(description.Length > 0 ? description + "." : member.Name, MaxLength);
    }

    private static Collection<Attribute> CreateAttributes(ModelInput input, Type type, bool isGiven)
    {
        Collection<Attribute> attributes =
        [
            new ParameterAttribute
            {
                Mandatory = input.Member is { IsRequired: true, Default: null } && !isGiven,
                ValueFromPipelineByPropertyName = true,
                HelpMessage = Describe(input.Member),
            },
            new EmptyAsNullAttribute(),
        ];
        if (input.Alias is string alias)
        {
            attributes.Add(new AliasAttribute(alias));
        }

        if (input.IsMedium)
        {
            attributes.Add(new MediaSourceTransformationAttribute());
            attributes.Add(new SupportsWildcardsAttribute());
        }
        else
        {
            attributes.Add(new ModelInputTransformationAttribute(type));
            attributes.Add(new ArgumentCompleterAttribute(typeof(ModelInputCompleter)));
        }

        return attributes;
    }
}
