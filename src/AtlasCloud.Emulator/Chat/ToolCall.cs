using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A tool call of a reply.</summary>
/// <param name="IdSuffix">The unique part of the ID; each protocol adds its own prefix.</param>
/// <param name="Name">The name of the tool.</param>
/// <param name="Arguments">The arguments as JSON text. A scenario can replace them with invalid JSON.</param>
internal sealed record ToolCall(string IdSuffix, string Name, string Arguments)
{
    private const int ChunkLength = 7;

    internal static ToolCall Create(string name, string arguments) => new(Guid.NewGuid().ToString("N")[..12], name, arguments);

    /// <summary>The arguments as an object, for protocols without a text form.</summary>
    internal JsonObject ArgumentObject() => JsonText.TryReadObject(System.Text.Encoding.UTF8.GetBytes(Arguments)) ?? [];

    /// <summary>The arguments in chunks for a stream, split anywhere except within a surrogate pair.</summary>
    internal IEnumerable<string> ArgumentChunks()
    {
        int start = 0;
        while (start < Arguments.Length)
        {
            int end = Math.Min(start + ChunkLength, Arguments.Length);
            end += end < Arguments.Length && char.IsLowSurrogate(Arguments[end]) ? 1 : 0;
            yield return Arguments[start..end];
            start = end;
        }
    }
}
