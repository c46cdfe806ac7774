using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using AtlasCloud.Text;

namespace AtlasCloud.Tests.Hostile;

/// <summary>Finds text in returned objects that contains terminal controls or changes the reading direction.</summary>
internal static class Shown
{
    private const int MaxDepth = 8;
    private const int MaxItems = 12;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_properties = new();

    /// <summary>Returns the first such text with its place; null if there is none.</summary>
    internal static string? Find(object? value, string place = "result", int depth = 0)
    {
        switch (value)
        {
            case null or Uri or byte[] or Type:
                return null;
            case string text:
                return text.Any(IsDangerous) ? $"{place}: {Escaped(text)}" : null;
            case AtlasCloudException exception:
                return FindInLine(exception.Message, place + ".Message") ?? FindInLine(exception.ServerMessage, place + ".ServerMessage")
                    ?? FindInLine(exception.RecommendedAction, place + ".RecommendedAction") ?? FindInLine(exception.RequestId, place + ".RequestId");
            case IDictionary dictionary:
                return dictionary.Keys.Cast<object>().Take(MaxItems)
                    .Select(k => Find(k, place + " key", depth + 1) ?? Find(dictionary[k], $"{place}[{k}]", depth + 1)).FirstOrDefault(f => f is not null);
            case IEnumerable items:
                return depth > MaxDepth ? null : items.Cast<object?>().Take(MaxItems).Select((v, i) => Find(v, $"{place}[{i}]", depth + 1)).FirstOrDefault(f => f is not null);
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).Select(i => Find(tuple[i], place, depth + 1)).FirstOrDefault(f => f is not null);
        }

        if (value.GetType().Assembly != typeof(AtlasCloudClient).Assembly || value is Enum || depth > MaxDepth)
        {
            return null;
        }

        return Find(value.ToString(), place + ".ToString()", depth + 1)
            ?? s_properties.GetOrAdd(value.GetType(), t => [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)])
                .Select(p => Find(p.GetValue(value), $"{place}.{p.Name}", depth + 1)).FirstOrDefault(f => f is not null);
    }

    // Messages must be a single line.
    private static string? FindInLine(string? text, string place) =>
        text is not null && text.Any(c => SafeText.IsUnprintable(c) || c == '\n') ? $"{place}: {Escaped(text)}" : null;

    // Marks that a language needs, such as those of its direction, are allowed.
    private static bool IsDangerous(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Escaped(string text) =>
        string.Concat((text.Length > 300 ? text[..300] : text).Select(c => c is < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString()));
}
