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

    /// <summary>Replaces the placeholders.</summary>
    /// <param name="addresses">The address of each local file, by its path.</param>
    internal void SetAddresses(IReadOnlyDictionary<string, string> addresses)
    {
        foreach (string input in mediaInputs)
        {
            ReplaceIn(body[input], replacement => body[input] = replacement, addresses);
        }
    }

    private static void ReplaceIn(JsonNode? node, Action<JsonNode> replace, IReadOnlyDictionary<string, string> addresses)
    {
        switch (node)
        {
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    int index = i;
                    ReplaceIn(items[i], replacement => items[index] = replacement, addresses);
                }

                break;
            case JsonObject members:
                foreach (string name in members.Select(m => m.Key).ToArray())
                {
                    ReplaceIn(members[name], replacement => members[name] = replacement, addresses);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text && text[^1] == Mark:
                if (addresses.TryGetValue(text[..^1], out string? address))
                {
                    replace(JsonValue.Create(address));
                }

                break;
        }
    }
}
