using AtlasCloud.Emulation.Account;

namespace AtlasCloud;

/// <summary>A charge for one prediction or chat completion.</summary>
public sealed record Charge
{
    /// <summary>The ID of the prediction or of the chat completion.</summary>
    public required string PredictionId { get; init; }

    /// <summary>The ID of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The price in US dollars.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Whether the amount is reserved, charged or released.</summary>
    public required ChargeState State { get; init; }

    /// <summary>The public ID of the key, if the management API created it; otherwise null.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>When the request was accepted.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The request body as received.</summary>
    public required string Body { get; init; }

    /// <summary>The usage that the billing API reports.</summary>
    internal BilledUsage Usage { get; init; } = new("text");

    /// <summary>The request body without the parameters that the gateway dropped because the model does not declare them.</summary>
    public required string EffectiveBody { get; init; }
}
