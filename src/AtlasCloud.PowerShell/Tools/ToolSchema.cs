using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>The JSON schema of a command's parameters, from their types, validation, and help.</summary>
internal static class ToolSchema
{
    private static readonly HashSet<string> s_commonParameters =
    [
        .. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "WhatIf", "Confirm", "ProgressAction",
    ];

    /// <param name="parameters">The parameters by name.</param>
    /// <param name="help">Returns the help text of a parameter; null if it has none.</param>
    internal static OrderedDictionary Create(IDictionary<string, ParameterMetadata> parameters, Func<string, string?> help)
    {
        OrderedDictionary properties = [];
        List<string> required = [];
        foreach ((string name, ParameterMetadata parameter) in parameters.Where(p => !s_commonParameters.Contains(p.Key)))
        {
            properties[name] = Describe(parameter, help(name));
            if (parameter.ParameterSets.Values.Any(s => s.IsMandatory))
            {
                required.Add(name);
            }
        }

        return new OrderedDictionary
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required.ToArray(),
            ["additionalProperties"] = false,
        };
    }

    private static OrderedDictionary Describe(ParameterMetadata parameter, string? help)
    {
        OrderedDictionary schema = TypeSchema.Create(parameter.ParameterType ?? typeof(string));
        IDictionary target = schema["items"] as IDictionary ?? schema;
        foreach (Attribute attribute in parameter.Attributes)
        {
            switch (attribute)
            {
                case ValidateSetAttribute set:
                    target["enum"] = set.ValidValues.Select(v => ConvertValue(target, v)).ToArray();
                    break;
                case ValidateRangeAttribute { MinRange: not null } range:
                    target["minimum"] = range.MinRange;
                    target["maximum"] = range.MaxRange;
                    break;
                case ValidateLengthAttribute length:
                    target["minLength"] = length.MinLength;
                    target["maxLength"] = length.MaxLength;
                    break;
                case ValidatePatternAttribute pattern:
                    target["pattern"] = pattern.RegexPattern;
                    break;
                case ValidateCountAttribute count when schema.Contains("items"):
                    schema["minItems"] = count.MinLength;
                    schema["maxItems"] = count.MaxLength;
                    break;
            }
        }

        string? message = parameter.ParameterSets.Values.Select(s => s.HelpMessage).FirstOrDefault(m => !string.IsNullOrEmpty(m));
        if ((help ?? message) is { Length: > 0 } text)
        {
            schema["description"] = text.Trim();
        }

        return schema;
    }

    private static object ConvertValue(IDictionary schema, string value) =>
        schema["type"] is "integer" or "number" && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : value;
}
