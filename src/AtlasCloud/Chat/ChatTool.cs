using System.Collections;
using System.Collections.Specialized;

namespace AtlasCloud;

/// <summary>A tool that a model may call.</summary>
public sealed record ChatTool
{
    /// <summary>The name: up to 64 letters, digits, _ and -.</summary>
    public required string Name { get; init; }

    /// <summary>What it does and when to use it, for the model; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters, as a JSON schema of an object. Default: none.</summary>
    public IDictionary Parameters { get; init; } = new OrderedDictionary { ["type"] = "object", ["properties"] = new OrderedDictionary() };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
