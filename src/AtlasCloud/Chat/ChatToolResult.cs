namespace AtlasCloud;

/// <summary>What a tool answers to the model.</summary>
/// <param name="Text">The answer, or the reason why there is none.</param>
/// <param name="IsError">Whether the tool failed.</param>
public sealed record ChatToolResult(string Text, bool IsError = false)
{
    /// <summary>The answer.</summary>
    public override string ToString() => Text;
}
