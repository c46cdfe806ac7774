using System.Text.Json;
using AtlasCloud.Json;
using static System.FormattableString;

namespace AtlasCloud.JsonSchema;

/// <summary>What the schemas of models say beyond JSON schema: the step of a slider, and which texts are addresses.</summary>
internal static class ModelInputRules
{
    // Scripts compute with doubles, and 0.1 + 0.2 is not quite 0.3.
    private const decimal Tolerance = 0.000001m;

    // Beyond this no slider goes, and decimals may overflow.
    private const decimal LargestOnGrid = 1_000_000_000_000_000m;

    // Longer texts are media in Base64.
    private const int LongestAddressChecked = 2000;

    internal static void Check(JsonElement value, JsonElement schema, string path, List<ValidationError> faults)
    {
        if (value.ValueKind == JsonValueKind.Number && schema.Member("step")?.AsDecimal() is decimal step && step > 0
            && value.TryGetDecimal(out decimal number) && !IsOnGrid(number, step, schema.Member("minimum")?.AsDecimal()))
        {
            faults.Add(new ValidationError(path, Invariant($"is not a step of {step}"), "step"));
        }

        if (value.ValueKind == JsonValueKind.String && schema.Text("format") is "uri" or "url" && !CanBeAddress(TextRules.TextOf(value)))
        {
            faults.Add(new ValidationError(path, "must be an address", "format"));
        }
    }

    /// <summary>Steps count from the minimum, unless that is a value apart such as -1, which stands for any length.</summary>
    internal static bool IsOnGrid(decimal number, decimal step, decimal? minimum)
    {
        if (Math.Abs(number) > LargestOnGrid)
        {
            return true;
        }

        decimal origin = minimum is decimal least && (least >= 0 || least % step == 0) ? least : 0;
        decimal rest = Math.Abs((number - origin) % step);
        return number == minimum || Math.Min(rest, step - rest) <= step * Tolerance;
    }

    // An address, a path of this machine, or a medium in Base64: what is none of them has no scheme, no separator and no extension.
    private static bool CanBeAddress(string text) =>
        text.Length > LongestAddressChecked || (text.Length > 0 && !text.Any(char.IsControl) && text.AsSpan().IndexOfAny("/\\.:") >= 0);
}
