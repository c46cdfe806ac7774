namespace AtlasCloud;

/// <summary>The result of a tool call, for the model.</summary>
/// <param name="Text">The output of the tool, or its error.</param>
/// <param name="IsError">Whether the tool failed.</param>
public sealed record ChatToolResult(string Text, bool IsError = false)
{
    /// <summary>The output of the tool, or its error.</summary>
    public override string ToString() => Text;
}
