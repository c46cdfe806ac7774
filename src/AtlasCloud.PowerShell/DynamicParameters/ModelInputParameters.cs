using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>Makes parameters of a model's own inputs.</summary>
internal static class ModelInputParameters
{
    /// <summary>One parameter for each input. What its schema forbids is refused later, with all other faults in one message.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="isGiven">Whether an input was given in another way, so that nobody is asked for it.</param>
    internal static RuntimeDefinedParameterDictionary Of(ModelInputs inputs, Func<ModelInput, bool> isGiven)
    {
        RuntimeDefinedParameterDictionary parameters = [];
        foreach (ModelInput input in inputs.All)
        {
            parameters[input.Name] = new RuntimeDefinedParameter(input.Name, input.Type, Attributes(input, isGiven(input)));
        }

        return parameters;
    }

    /// <summary>What an input takes, in one line: for help, tooltips and the question for a value that is missing.</summary>
    internal static string Describe(ModelParameter member)
    {
        string range = (member.Minimum, member.Maximum) switch
        {
            (decimal least, decimal most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
            (decimal least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
            (null, decimal most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
            _ => "",
        };
        string allowed = string.Join(", ", member.AllowedValues.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
        string @default = member.Default is null ? "" : string.Create(CultureInfo.InvariantCulture, $"default {(member.Default is bool flag ? flag ? "true" : "false" : member.Default)}");
        string facts = string.Join("; ", new[] { allowed.Length > 0 ? allowed : range, @default }.Where(f => f.Length > 0));
        string text = string.Join(" ", (member.Description ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return string.Join(". ", new[] { text.TrimEnd('.'), facts }.Where(f => f.Length > 0)) is { Length: > 0 } said ? said + "." : member.Name;
    }

    private static Collection<Attribute> Attributes(ModelInput input, bool isGiven)
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
            attributes.Add(new ModelInputTransformationAttribute(input.Type));
            attributes.Add(new ArgumentCompleterAttribute(typeof(ModelInputCompleter)));
        }

        return attributes;
    }
}
