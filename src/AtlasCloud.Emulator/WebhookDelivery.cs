namespace AtlasCloud;

/// <summary>One try of the emulator to deliver a webhook.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The prediction whose end was reported.</summary>
    public required string PredictionId { get; init; }

    /// <summary>Where to.</summary>
    public required Uri Address { get; init; }

    /// <summary>Which try it was, from 1; 0 where none was made, because the address is not on this machine.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP status of the answer; 0 where there was none.</summary>
    public int Status { get; init; }
}
