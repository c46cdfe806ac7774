namespace AtlasCloud.Models;

/// <summary>A document of the service as it was read.</summary>
/// <param name="Value">What it says; null where the service has no such document.</param>
/// <param name="ReadAt">When the service last said so.</param>
/// <param name="ETag">The tag by which the service knows it again.</param>
internal sealed record CacheEntry<T>(T? Value, DateTimeOffset ReadAt, string? ETag)
    where T : class;
