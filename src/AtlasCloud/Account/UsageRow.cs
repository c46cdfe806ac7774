using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>What was used on a day. A number is null where the service does not count such a thing for the row, which is not zero.</summary>
public sealed record UsageRow : BillingRow
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal) { "object", "model_type", "model", "api_key", "usage" };

    /// <summary>How many requests. Of all numbers this is the one to rely on for the newest day.</summary>
    public long? Requests { get; init; }

    /// <summary>Tokens that went in.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens that came out. Some video models are billed by these.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Both.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>Tokens of sound that went in.</summary>
    public long? InputAudioTokens { get; init; }

    /// <summary>Tokens of images that went in.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Tokens of images that came out.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Tokens that were written to a cache.</summary>
    public long? CacheCreationTokens { get; init; }

    /// <summary>Tokens that were written to a cache for an hour.</summary>
    public long? CacheCreation1hTokens { get; init; }

    /// <summary>Tokens that were read from a cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Tokens of sound that were read from a cache.</summary>
    public long? CacheAudioTokens { get; init; }

    /// <summary>How many images.</summary>
    public long? Images { get; init; }

    /// <summary>How many seconds of video.</summary>
    public decimal? VideoSeconds { get; init; }

    /// <summary>The day, whose row it is, and the requests.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Caption}: {Requests?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} requests{(IsPartial ? " so far" : "")}");

    /// <summary>Reads a row; null where it says nothing about use.</summary>
    internal static UsageRow? Read(BillingBucket bucket, JsonElement result)
    {
        if (result.Member("usage") is not JsonElement { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        JsonElement? tokens = usage.Member("tokens");
        return new UsageRow
        {
            Date = bucket.Midnight,
            StartAt = bucket.StartAt,
            EndAt = bucket.EndAt,
            CoveredUntil = bucket.CoveredUntil,
            IsPartial = bucket.IsPartial,
            Model = result.Member("model")?.Text("name"),
            ModelId = result.Member("model")?.Text("id"),
            ModelType = result.Text("model_type") ?? result.Member("model")?.Text("type"),
            ApiKeyId = result.Member("api_key")?.Text("id"),
            Requests = usage.Member("requests")?.AsInteger(),
            InputTokens = Count(tokens, "input"),
            OutputTokens = Count(tokens, "output"),
            TotalTokens = Count(tokens, "total"),
            InputAudioTokens = Count(tokens, "input_audio"),
            InputImageTokens = Count(tokens, "input_image"),
            OutputImageTokens = Count(tokens, "output_image"),
            CacheCreationTokens = Count(tokens, "cache_creation"),
            CacheCreation1hTokens = Count(tokens, "cache_creation_1h"),
            CacheReadTokens = Count(tokens, "cache_read"),
            CacheAudioTokens = Count(tokens, "cache_audio"),
            Images = Count(usage.Member("images"), "count"),
            VideoSeconds = usage.Member("video")?.Member("seconds")?.AsDecimal(),
            AdditionalProperties = JsonValues.ToDictionary(result, name => !s_known.Contains(name)),
        };
    }

    internal override BillingRow Plus(BillingRow other)
    {
        UsageRow more = (UsageRow)other;
        return this with
        {
            Requests = Sum(Requests, more.Requests),
            InputTokens = Sum(InputTokens, more.InputTokens),
            OutputTokens = Sum(OutputTokens, more.OutputTokens),
            TotalTokens = Sum(TotalTokens, more.TotalTokens),
            InputAudioTokens = Sum(InputAudioTokens, more.InputAudioTokens),
            InputImageTokens = Sum(InputImageTokens, more.InputImageTokens),
            OutputImageTokens = Sum(OutputImageTokens, more.OutputImageTokens),
            CacheCreationTokens = Sum(CacheCreationTokens, more.CacheCreationTokens),
            CacheCreation1hTokens = Sum(CacheCreation1hTokens, more.CacheCreation1hTokens),
            CacheReadTokens = Sum(CacheReadTokens, more.CacheReadTokens),
            CacheAudioTokens = Sum(CacheAudioTokens, more.CacheAudioTokens),
            Images = Sum(Images, more.Images),
            VideoSeconds = VideoSeconds is null ? more.VideoSeconds : VideoSeconds + (more.VideoSeconds ?? 0m),
        };
    }

    private static long? Count(JsonElement? group, string name) => group?.Member(name)?.AsInteger();

    private static long? Sum(long? one, long? other) => one is null ? other : one + (other ?? 0);
}
