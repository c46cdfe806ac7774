using System.Text.Json;
using AtlasCloud.Json;
using static System.FormattableString;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks what the schemas of models define beyond JSON Schema: the step of a slider, and strings that are addresses.</summary>
internal static class ModelInputRules
{
    // Callers compute with doubles, and 0.1 + 0.2 is not exactly 0.3.
    private const decimal Tolerance = 0.000001m;

    // Larger numbers do not occur as slider values, and the arithmetic could overflow.
    private const decimal MaxCheckedNumber = 1_000_000_000_000_000m;

    // Longer strings are media in Base64.
    private const int MaxCheckedAddressLength = 2000;

    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> errors)
    {
        if (value.ValueKind == JsonValueKind.Number && schema.Member("step")?.AsDecimal() is decimal step && step > 0
            && value.TryGetDecimal(out decimal number) && !IsOnStep(number, step, schema.Member("minimum")?.AsDecimal()))
        {
            errors.Add(new ValidationError(path, Invariant($"is not on a step of {step}"), "step"));
        }

        if (value.ValueKind == JsonValueKind.String && schema.Text("format") is "uri" or "url" && !CanBeAddress(JsonText.GetExactText(value)))
        {
            errors.Add(new ValidationError(path, "must be a URL", "format"));
        }
    }

    /// <summary>Whether a number is on the grid of steps. Steps start at the minimum, unless that is a special value such as -1 for "automatic".</summary>
    internal static bool IsOnStep(decimal number, decimal step, decimal? minimum)
    {
        if (Math.Abs(number) > MaxCheckedNumber)
        {
            return true;
        }

        decimal origin = minimum is decimal start && (start >= 0 || start % step == 0) ? start : 0;
        decimal remainder = Math.Abs((number - origin) % step);
        return number == minimum || Math.Min(remainder, step - remainder) <= step * Tolerance;
    }

    // Accepts an address, a local path, or Base64: only text without a scheme, separator and extension is rejected.
    private static bool CanBeAddress(string text) =>
        text.Length > MaxCheckedAddressLength || (text.Length > 0 && !text.Any(char.IsControl) && text.AsSpan().IndexOfAny("/\\.:") >= 0);
}
