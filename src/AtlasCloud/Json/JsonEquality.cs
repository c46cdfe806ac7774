using System.Text.Json;

namespace AtlasCloud.Json;

/// <summary>Whether two JSON values are the same: 1 and 1.0 are, and the order of members does not count.</summary>
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
                : one.TryGetDouble(out double near) && other.TryGetDouble(out double far) && near.Equals(far),
            JsonValueKind.String => one.GetRawText() == other.GetRawText() || JsonText.Exact(one) == JsonText.Exact(other),
            JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength()
                && one.EnumerateArray().Zip(other.EnumerateArray()).All(p => AreEqual(p.First, p.Second)),
            JsonValueKind.Object => one.Members().Count() == other.Members().Count()
                && one.Members().All(m => other.Members().Any(o => o.Name == m.Name && AreEqual(m.Value, o.Value))),
            _ => true,
        };
    }
}
