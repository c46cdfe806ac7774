using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A tool that the answer asks for.</summary>
/// <param name="IdSuffix">Tells the call from all others; protocols put their own prefix before it.</param>
/// <param name="Name">The name of the function.</param>
/// <param name="Arguments">Its arguments, as JSON text. A scenario may have put something else here.</param>
internal sealed record ToolCall(string IdSuffix, string Name, string Arguments)
{
    private const int ChunkLength = 7;

    internal static ToolCall Create(string name, string arguments) => new(Guid.NewGuid().ToString("N")[..12], name, arguments);

    /// <summary>The arguments as an object, for the protocols that have no text there.</summary>
    internal JsonObject ArgumentObject() => JsonText.TryReadObject(System.Text.Encoding.UTF8.GetBytes(Arguments)) ?? [];

    /// <summary>The arguments as a stream brings them: the cuts fall anywhere, but never inside a character.</summary>
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
