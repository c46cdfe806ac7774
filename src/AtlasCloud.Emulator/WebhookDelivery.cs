namespace AtlasCloud;

/// <summary>One attempt to deliver a webhook.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The prediction that finished.</summary>
    public required string PredictionId { get; init; }

    /// <summary>The target address.</summary>
    public required Uri Address { get; init; }

    /// <summary>The number of the attempt, from 1; 0 if none was made because the address is not on this machine.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP status of the response; 0 for none.</summary>
    public int Status { get; init; }
}
