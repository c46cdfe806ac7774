using System.Text.Json;

namespace AtlasCloud.Json;

/// <summary>Compares JSON values by meaning: 1 equals 1.0, and the order of members does not matter.</summary>
internal static class JsonEquality
{
    internal static bool AreEqual(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind)
        {
            return false;
        }

        return one.ValueKind switch
        {
            JsonValueKind.Number => one.TryGetDecimal(out decimal left) && other.TryGetDecimal(out decimal right)
                ? left == right
                : one.TryGetDouble(out double leftDouble) && other.TryGetDouble(out double rightDouble) && leftDouble.Equals(rightDouble),
            JsonValueKind.String => one.GetRawText() == other.GetRawText() || JsonText.GetExactText(one) == JsonText.GetExactText(other),
            JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength()
                && one.EnumerateArray().Zip(other.EnumerateArray()).All(p => AreEqual(p.First, p.Second)),
            JsonValueKind.Object => one.Members().Count() == other.Members().Count()
                && one.Members().All(m => other.Members().Any(o => o.Name == m.Name && AreEqual(m.Value, o.Value))),
            _ => true,
        };
    }
}
