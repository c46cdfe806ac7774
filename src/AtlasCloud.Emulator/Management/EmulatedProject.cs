namespace AtlasCloud.Emulation.Management;

/// <summary>A project.</summary>
internal sealed record EmulatedProject
{
    internal required string Id { get; init; }

    internal required string Name { get; init; }

    internal string Description { get; init; } = "";

    internal bool IsDefault { get; init; }

    internal bool IsArchived { get; init; }

    internal BudgetLimits Budget { get; init; } = new();
}
