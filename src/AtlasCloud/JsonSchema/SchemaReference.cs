using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Finds what a <c>$ref</c> within the same document means.</summary>
internal static class SchemaReference
{
    /// <summary>The part of the document; null for a reference elsewhere or to nothing.</summary>
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
