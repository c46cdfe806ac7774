using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AtlasCloud.Soak;

/// <summary>Searches files for an API key that a lie wrote in another way.</summary>
internal static partial class KeySearch
{
    /// <summary>Whether the path or the content contains the key, also with JSON escapes or zero-width spaces.</summary>
    internal static bool Contains(string path, string key) =>
        ContainsKey(Path.GetFileName(path), key) || ContainsKey(Encoding.UTF8.GetString(File.ReadAllBytes(path)), key);

    private static bool ContainsKey(string text, string key)
    {
        string decoded = JsonEscape().Replace(text, escape => ((char)ushort.Parse(escape.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());
        return decoded.Replace("\u200B", "", StringComparison.Ordinal).Contains(key, StringComparison.Ordinal);
    }

    [GeneratedRegex("\\\\u([0-9a-fA-F]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex JsonEscape();
}
