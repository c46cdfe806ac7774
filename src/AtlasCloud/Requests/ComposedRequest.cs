using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Requests;

/// <summary>A request body that has been checked. Local files stand in it as placeholders until they have addresses.</summary>
internal sealed class ComposedRequest(JsonObject body, IReadOnlySet<string> mediaInputs)
{
    // No path can contain this character, so no other text equals a placeholder.
    private const char Mark = '\0';

    /// <summary>The body.</summary>
    internal JsonObject Body => body;

    /// <summary>What stands in the body for a local file.</summary>
    internal static string PlaceholderFor(string path) => path + Mark;

    /// <summary>The name of the local file that a placeholder stands for; null for any other text.</summary>
    internal static string? FindFileName(string text) => text.Length > 0 && text[^1] == Mark ? Path.GetFileName(text[..^1]) : null;

    /// <summary>Replaces the placeholders.</summary>
    /// <param name="addresses">The address of each local file, by its path.</param>
    internal void SetAddresses(IReadOnlyDictionary<string, string> addresses)
    {
        foreach (string input in mediaInputs)
        {
            ReplaceIn(body[input], replacement => body[input] = replacement, text => text.Length > 0 && text[^1] == Mark ? addresses.GetValueOrDefault(text[..^1]) : null);
        }
    }

    /// <summary>Returns a copy of the body in which texts are replaced.</summary>
    /// <param name="find">Returns the replacement of a text, such as a placeholder or an address; null to keep the text.</param>
    internal JsonObject CopyWith(Func<string, string?> find)
    {
        JsonObject copy = (JsonObject)body.DeepClone();
        ReplaceIn(copy, _ => { }, find);
        return copy;
    }

    private static void ReplaceIn(JsonNode? node, Action<JsonNode> replace, Func<string, string?> find)
    {
        switch (node)
        {
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    int index = i;
                    ReplaceIn(items[i], replacement => items[index] = replacement, find);
                }

                break;
            case JsonObject members:
                foreach (string name in members.Select(m => m.Key).ToArray())
                {
                    ReplaceIn(members[name], replacement => members[name] = replacement, find);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && find(value.GetValue<string>()) is string replacement:
                replace(JsonValue.Create(replacement));
                break;
        }
    }
}
