using System.Text.Json;
using AtlasCloud.Json;
using static System.FormattableString;

namespace AtlasCloud.JsonSchema;

/// <summary>What a schema says about numbers.</summary>
internal static class NumberRules
{
    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> faults)
    {
        // What is too large for a decimal is beyond any limit that a schema can name.
        if (!value.TryGetDecimal(out decimal number))
        {
            number = value.TryGetDouble(out double near) && near < 0 ? decimal.MinValue : decimal.MaxValue;
        }

        if (schema.Member("minimum")?.AsDecimal() is decimal least)
        {
            bool isOpen = schema.Member("exclusiveMinimum") is { ValueKind: JsonValueKind.True };
            Fault(isOpen ? number <= least : number < least, isOpen ? Invariant($"must be more than {least}") : Invariant($"must be at least {least}"), "minimum");
        }

        if (schema.Member("maximum")?.AsDecimal() is decimal most)
        {
            bool isOpen = schema.Member("exclusiveMaximum") is { ValueKind: JsonValueKind.True };
            Fault(isOpen ? number >= most : number > most, isOpen ? Invariant($"must be less than {most}") : Invariant($"must be at most {most}"), "maximum");
        }

        Fault(schema.Member("exclusiveMinimum")?.AsDecimal() is decimal below && number <= below, $"must be more than {schema.Member("exclusiveMinimum")?.AsText()}", "exclusiveMinimum");
        Fault(schema.Member("exclusiveMaximum")?.AsDecimal() is decimal above && number >= above, $"must be less than {schema.Member("exclusiveMaximum")?.AsText()}", "exclusiveMaximum");
        Fault(schema.Member("multipleOf")?.AsDecimal() is decimal step && step > 0 && number % step != 0, $"must be a multiple of {schema.Member("multipleOf")?.AsText()}", "multipleOf");

        void Fault(bool isWrong, string message, string keyword)
        {
            if (isWrong)
            {
                faults.Add(new ValidationError(path, message, keyword));
            }
        }
    }
}
