using System.Text.Json;
using AtlasCloud.Json;
using static System.FormattableString;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks a number against the number keywords of a schema.</summary>
internal static class NumberRules
{
    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> errors)
    {
        // A number that is too large for a decimal exceeds every limit that a schema can have.
        if (!value.TryGetDecimal(out decimal number))
        {
            number = value.TryGetDouble(out double approximate) && approximate < 0 ? decimal.MinValue : decimal.MaxValue;
        }

        if (schema.Member("minimum")?.AsDecimal() is decimal minimum)
        {
            // Before draft 6, exclusiveMinimum and exclusiveMaximum were booleans.
            bool isExclusive = schema.Member("exclusiveMinimum") is { ValueKind: JsonValueKind.True };
            AddErrorIf(isExclusive ? number <= minimum : number < minimum, isExclusive ? Invariant($"must be more than {minimum}") : Invariant($"must be at least {minimum}"), "minimum");
        }

        if (schema.Member("maximum")?.AsDecimal() is decimal maximum)
        {
            bool isExclusive = schema.Member("exclusiveMaximum") is { ValueKind: JsonValueKind.True };
            AddErrorIf(isExclusive ? number >= maximum : number > maximum, isExclusive ? Invariant($"must be less than {maximum}") : Invariant($"must be at most {maximum}"), "maximum");
        }

        AddErrorIf(schema.Member("exclusiveMinimum")?.AsDecimal() is decimal lower && number <= lower, $"must be more than {schema.Member("exclusiveMinimum")?.AsText()}", "exclusiveMinimum");
        AddErrorIf(schema.Member("exclusiveMaximum")?.AsDecimal() is decimal upper && number >= upper, $"must be less than {schema.Member("exclusiveMaximum")?.AsText()}", "exclusiveMaximum");
        AddErrorIf(schema.Member("multipleOf")?.AsDecimal() is decimal step && step > 0 && number % step != 0, $"must be a multiple of {schema.Member("multipleOf")?.AsText()}", "multipleOf");

        void AddErrorIf(bool isInvalid, string message, string keyword)
        {
            if (isInvalid)
            {
                errors.Add(new ValidationError(path, message, keyword));
            }
        }
    }
}
