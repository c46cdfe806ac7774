namespace AtlasCloud.Emulation.Management;

/// <summary>An API key that the management API created.</summary>
internal sealed record EmulatedKey
{
    internal required string Id { get; init; }

    internal required string Secret { get; init; }

    internal required string Name { get; init; }

    internal required string ProjectId { get; init; }

    internal bool IsDisabled { get; init; }

    internal bool IsDeleted { get; init; }

    internal KeyAllowanceLimit Allowance { get; init; } = KeyAllowanceLimit.Unlimited;
}
