using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Resolves a <c>$ref</c> within the same document.</summary>
internal static class SchemaReference
{
    /// <summary>Returns the referenced part of the document; null if the reference leads to another document or nowhere.</summary>
    internal static JsonElement? Find(string reference, JsonElement root)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        JsonElement? current = root;
        foreach (string step in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            current = current switch
            {
                { ValueKind: JsonValueKind.Array } items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.GetArrayLength() => items[index],
                JsonElement element => element.Member(name),
                null => null,
            };
        }

        return current;
    }
}
