using System.Collections.Specialized;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>The one-line form of a JSON schema that <c>-As</c> accepts: <c>title:string, score:int, tags:string[], when:date?</c>.</summary>
internal static class ShortSchema
{
    /// <returns>The JSON schema; a property is required unless <c>?</c> follows its name or type.</returns>
    /// <exception cref="AtlasCloudException">InvalidParameter: the text is not of that form.</exception>
    internal static OrderedDictionary Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts is [string only] && !only.Contains(':', StringComparison.Ordinal))
        {
            return ParseType(only.TrimEnd('?').Trim(), text);
        }

        OrderedDictionary properties = [];
        List<string> required = [];
        foreach (string part in parts)
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : part[..colon].Trim();
            string type = colon < 0 ? "" : part[(colon + 1)..].Trim();
            bool isOptional = name.EndsWith('?') || type.EndsWith('?');
            name = name.TrimEnd('?').Trim();
            if (name.Length == 0 || properties.Contains(name))
            {
                throw CmdletErrors.ShortSchemaInvalid(text, name.Length == 0 ? $"'{part}' is not a name and a type" : $"'{name}' occurs twice");
            }

            properties[name] = ParseType(type.TrimEnd('?').Trim(), text);
            if (!isOptional)
            {
                required.Add(name);
            }
        }

        return new OrderedDictionary { ["type"] = "object", ["properties"] = properties, ["required"] = required.ToArray(), ["additionalProperties"] = false };
    }

    private static OrderedDictionary ParseType(string type, string text) =>
        type.EndsWith("[]", StringComparison.Ordinal)
            ? new OrderedDictionary { ["type"] = "array", ["items"] = ParseType(type[..^2].Trim(), text) }
            : type.ToLowerInvariant() switch
            {
                "string" or "text" => new OrderedDictionary { ["type"] = "string" },
                "int" or "integer" or "long" => new OrderedDictionary { ["type"] = "integer" },
                "number" or "double" or "float" or "decimal" => new OrderedDictionary { ["type"] = "number" },
                "bool" or "boolean" => new OrderedDictionary { ["type"] = "boolean" },
                "object" => new OrderedDictionary { ["type"] = "object" },
                "date" => new OrderedDictionary { ["type"] = "string", ["format"] = "date" },
                "datetime" => new OrderedDictionary { ["type"] = "string", ["format"] = "date-time" },
                _ => throw CmdletErrors.ShortSchemaInvalid(text, $"'{type}' is not a type"),
            };
}
