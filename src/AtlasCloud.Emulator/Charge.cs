using AtlasCloud.Emulation.Account;

namespace AtlasCloud;

/// <summary>One billable thing that the emulator was asked for.</summary>
public sealed record Charge
{
    /// <summary>The id of the prediction or of the chat reply.</summary>
    public required string PredictionId { get; init; }

    /// <summary>The id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The price in US dollars.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Whether it is set aside, taken or given back.</summary>
    public required ChargeState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The body of the request, as it came.</summary>
    public required string Body { get; init; }

    /// <summary>What the bill counts of it.</summary>
    internal BilledUsage Usage { get; init; } = new("text");

    /// <summary>The body after the gateway has dropped what the model does not know.</summary>
    public required string EffectiveBody { get; init; }
}
