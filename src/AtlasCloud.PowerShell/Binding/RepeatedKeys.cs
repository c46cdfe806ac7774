using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Finds keys of a dictionary that mean the same input, such as seed and Seed. Dictionaries of <c>ConvertFrom-Json -AsHashtable</c> distinguish them, and the
/// order of a hashtable is random, so without a check one of the values would win by chance.
/// </summary>
internal static class RepeatedKeys
{
    /// <summary>Returns two keys that mean the same and have different values, in ordinal order; null if there are none. Entries without a value do not count.</summary>
    /// <param name="members">The dictionary.</param>
    /// <param name="identify">Returns what a key means.</param>
    internal static (string First, string Second, string Meaning)? Find(IDictionary members, Func<string, string> identify)
    {
        Dictionary<string, (string Key, object Value)> found = new(StringComparer.Ordinal);
        foreach (DictionaryEntry member in members)
        {
            if (member.Value is not object value || member.Key.ToString() is not string key)
            {
                continue;
            }

            string meaning = identify(key);
            if (!found.TryAdd(meaning, (key, value)) && !LanguagePrimitives.Equals(found[meaning].Value, value, ignoreCase: false, CultureInfo.InvariantCulture))
            {
                return string.CompareOrdinal(found[meaning].Key, key) < 0 ? (found[meaning].Key, key, meaning) : (key, found[meaning].Key, meaning);
            }
        }

        return null;
    }
}
