namespace AtlasCloud;

/// <summary>A block of a model's reasoning, in the form in which the model requires it back.</summary>
public sealed record ReasoningBlock
{
    /// <summary>The text; empty if it is redacted.</summary>
    public string Text { get; init; } = "";

    /// <summary>The signature of the service, or the encrypted text of a redacted block; null if there is none.</summary>
    public string? Signature { get; init; }

    /// <summary>Whether the service redacted the text. <see cref="Signature"/> is then its encrypted form.</summary>
    public bool IsRedacted { get; init; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
