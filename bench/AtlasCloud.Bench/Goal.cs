namespace AtlasCloud.Bench;

/// <summary>A row of the table.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Text">The goal in words.</param>
/// <param name="Limit">The limit of the goal; null for a value without a goal.</param>
/// <param name="Format">The format of the measured value, with its unit.</param>
/// <param name="Value">Computes the value; null if a side of it was not measured.</param>
/// <param name="IsLeast">Whether the limit is the least value instead of the most.</param>
internal sealed record Goal(string What, string Text, double? Limit, string Format, Func<Medians, double?> Value, bool IsLeast = false)
{
    /// <summary>Whether a value reaches the goal; null if there is none.</summary>
    internal bool? IsReached(double value) => Limit is not double limit ? null : IsLeast ? value >= limit : value <= limit;
}
