namespace AtlasCloud.Predictions;

/// <summary>A task whose ID the journal or this client knows.</summary>
/// <param name="Model">Its model; null if unknown.</param>
/// <param name="SentAt">When its request was sent, in the service's time; null if unknown.</param>
/// <param name="IsOwnAccount">Whether it was submitted with the key of this client; null if unknown.</param>
internal sealed record KnownTask(string? Model, DateTimeOffset? SentAt, bool? IsOwnAccount);
