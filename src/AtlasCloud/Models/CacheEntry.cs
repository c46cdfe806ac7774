namespace AtlasCloud.Models;

/// <summary>A cached document of the service.</summary>
/// <param name="Value">The parsed document; null if the service has none.</param>
/// <param name="ReadAt">When the service last returned or confirmed it.</param>
/// <param name="ETag">The entity tag for conditional requests; null if the service sent none.</param>
internal sealed record CacheEntry<T>(T? Value, DateTimeOffset ReadAt, string? ETag)
    where T : class;
