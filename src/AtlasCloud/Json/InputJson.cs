using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>Checks JSON that users write.</summary>
public static class InputJson
{
    /// <summary>Returns the name of the first member that an object in the text, at any level, contains twice. Parsers differ in which of the two they use.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The name; null if all members of each object differ, or the text is not JSON. Names that differ in case are different.</returns>
    public static string? FindRepeatedMember(string json) => JsonText.Parse(json) is JsonElement element ? FindRepeatedMember(element) : null;

    internal static string? FindRepeatedMember(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(FindRepeatedMember).FirstOrDefault(n => n is not null);
            case JsonValueKind.Object:
                HashSet<string> names = new(StringComparer.Ordinal);
                return element.ExactMembers().Select(m => names.Add(m.Name) ? FindRepeatedMember(m.Value) : m.Name).FirstOrDefault(n => n is not null);
            default:
                return null;
        }
    }
}
