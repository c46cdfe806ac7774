using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A call that the model asks for, and once it was run, what came of it.</summary>
public sealed record ChatToolCall
{
    /// <summary>The id that the answer to it has to name.</summary>
    public string Id { get; init; } = "";

    /// <summary>The function.</summary>
    public string Name { get; init; } = "";

    /// <summary>The arguments, as JSON text.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>What the model was told; null where it was not run.</summary>
    public string? Result { get; init; }

    /// <summary>Whether it failed, so that the result is the reason.</summary>
    public bool IsError { get; init; }

    /// <summary>How long it ran; null where it was not run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What the model wants to see again beside the call.</summary>
    public string? Signature { get; init; }

    /// <summary>The function and its arguments.</summary>
    public override string ToString() => $"{Name}({Arguments})";

    /// <summary>Its place among the calls of a streamed answer; null for one that came whole.</summary>
    internal int? Index { get; init; }

    /// <summary>The arguments as values; null where they are no JSON object. No arguments are an empty one.</summary>
    internal OrderedDictionary? ReadArguments()
    {
        if (string.IsNullOrWhiteSpace(Arguments))
        {
            return [];
        }

        return JsonText.Parse(Arguments) is JsonElement { ValueKind: JsonValueKind.Object } values ? JsonValues.ToDictionary(values, _ => true, exact: true) : null;
    }
}
