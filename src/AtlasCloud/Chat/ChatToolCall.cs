using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A tool call that the model requests, and its result once it was run.</summary>
public sealed record ChatToolCall
{
    /// <summary>The ID by which the result refers to the call.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name of the tool.</summary>
    public string Name { get; init; } = "";

    /// <summary>The arguments as JSON text, as the model wrote them. <see cref="ReadArguments"/> parses them.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The result that the model got; null if the call was not run.</summary>
    public string? Result { get; init; }

    /// <summary>Whether the tool failed, so that the result is its error.</summary>
    public bool IsError { get; init; }

    /// <summary>How long the tool ran; null if the call was not run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A signature that the model requires back with the call; null if it sent none.</summary>
    public string? Signature { get; init; }

    /// <summary>The name of the tool and the arguments.</summary>
    public override string ToString() => $"{Name}({Arguments})";

    /// <summary>Parses the arguments.</summary>
    /// <returns>The arguments by name: string, boolean, long, decimal, double, array or ordered dictionary; empty if there are none; null if they are not a JSON object.</returns>
    public OrderedDictionary? ReadArguments()
    {
        if (string.IsNullOrWhiteSpace(Arguments))
        {
            return [];
        }

        return JsonText.Parse(Arguments) is JsonElement { ValueKind: JsonValueKind.Object } values ? JsonValues.ToDictionary(values, _ => true, exact: true) : null;
    }

    /// <summary>Its position among the calls of a streamed answer; null for a call that arrived whole.</summary>
    internal int? Index { get; init; }
}
