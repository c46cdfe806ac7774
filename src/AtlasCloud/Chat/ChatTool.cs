using System.Collections;
using System.Collections.Specialized;

namespace AtlasCloud;

/// <summary>A function that a model may ask to be called.</summary>
public sealed record ChatTool
{
    /// <summary>Its name: letters, digits, _ and -.</summary>
    public required string Name { get; init; }

    /// <summary>What it does and when to use it, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>Its parameters, as a JSON schema of an object.</summary>
    public IDictionary Parameters { get; init; } = new OrderedDictionary { ["type"] = "object", ["properties"] = new OrderedDictionary() };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
