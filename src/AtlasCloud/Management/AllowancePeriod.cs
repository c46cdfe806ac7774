namespace AtlasCloud;

/// <summary>The period in which an allowance can be spent, by UTC.</summary>
public enum AllowancePeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, from Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
