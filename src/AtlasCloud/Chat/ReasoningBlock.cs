namespace AtlasCloud;

/// <summary>A piece of a model's reasoning as the model wants it back.</summary>
public sealed record ReasoningBlock
{
    /// <summary>The words; empty where they are kept secret.</summary>
    public string Text { get; init; } = "";

    /// <summary>The service's proof that they are its own, or the secret words themselves; null where there is none.</summary>
    public string? Signature { get; init; }

    /// <summary>Whether the signature is the secret words.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The words.</summary>
    public override string ToString() => Text;
}
