namespace AtlasCloud;

/// <summary>A call that the model asks for.</summary>
public sealed record ChatToolCall
{
    /// <summary>The id that the answer to it has to name.</summary>
    public string Id { get; init; } = "";

    /// <summary>The function.</summary>
    public string Name { get; init; } = "";

    /// <summary>The arguments, as JSON text.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The function and its arguments.</summary>
    public override string ToString() => $"{Name}({Arguments})";
}
