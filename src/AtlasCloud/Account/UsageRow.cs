using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The usage of a day (API reference, section 16.2). A count is null, not zero, if the service does not count it for the row.</summary>
public sealed record UsageRow : BillingRow
{
    private const string UsageMember = "usage";

    /// <summary>The number of requests. The only count that is reliable for the current day.</summary>
    public long? Requests { get; init; }

    /// <summary>Input tokens.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens. Some video models are billed by them.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>Input tokens of audio.</summary>
    public long? InputAudioTokens { get; init; }

    /// <summary>Input tokens of images.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Output tokens of images.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Tokens written to the prompt cache.</summary>
    public long? CacheCreationTokens { get; init; }

    /// <summary>Tokens written to the prompt cache for one hour.</summary>
    public long? CacheCreation1hTokens { get; init; }

    /// <summary>Tokens read from the prompt cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Tokens of audio read from the prompt cache.</summary>
    public long? CacheAudioTokens { get; init; }

    /// <summary>The number of images.</summary>
    public long? Images { get; init; }

    /// <summary>The duration of video, in seconds.</summary>
    public decimal? VideoSeconds { get; init; }

    /// <summary>The day, what the row is grouped by, and the number of requests.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Caption}: {Requests?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} requests{(IsPartial ? " so far" : "")}");

    /// <summary>Reads a row; null if it contains no usage.</summary>
    internal static UsageRow? Read(BillingBucket bucket, JsonElement result)
    {
        if (result.Member(UsageMember) is not JsonElement { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        JsonElement? tokens = usage.Member("tokens");
        UsageRow row = new()
        {
            Requests = Count.Read(usage.Member("requests")),
            InputTokens = ReadCount(tokens, "input"),
            OutputTokens = ReadCount(tokens, "output"),
            TotalTokens = ReadCount(tokens, "total"),
            InputAudioTokens = ReadCount(tokens, "input_audio"),
            InputImageTokens = ReadCount(tokens, "input_image"),
            OutputImageTokens = ReadCount(tokens, "output_image"),
            CacheCreationTokens = ReadCount(tokens, "cache_creation"),
            CacheCreation1hTokens = ReadCount(tokens, "cache_creation_1h"),
            CacheReadTokens = ReadCount(tokens, "cache_read"),
            CacheAudioTokens = ReadCount(tokens, "cache_audio"),
            Images = ReadCount(usage.Member("images"), "count"),
            VideoSeconds = usage.Member("video")?.Member("seconds")?.AsDecimal(),
        };
        return (UsageRow)row.WithShared(bucket, result, UsageMember);
    }

    internal override BillingRow Add(BillingRow other)
    {
        UsageRow more = (UsageRow)other;
        return this with
        {
            Requests = Count.Add(Requests, more.Requests),
            InputTokens = Count.Add(InputTokens, more.InputTokens),
            OutputTokens = Count.Add(OutputTokens, more.OutputTokens),
            TotalTokens = Count.Add(TotalTokens, more.TotalTokens),
            InputAudioTokens = Count.Add(InputAudioTokens, more.InputAudioTokens),
            InputImageTokens = Count.Add(InputImageTokens, more.InputImageTokens),
            OutputImageTokens = Count.Add(OutputImageTokens, more.OutputImageTokens),
            CacheCreationTokens = Count.Add(CacheCreationTokens, more.CacheCreationTokens),
            CacheCreation1hTokens = Count.Add(CacheCreation1hTokens, more.CacheCreation1hTokens),
            CacheReadTokens = Count.Add(CacheReadTokens, more.CacheReadTokens),
            CacheAudioTokens = Count.Add(CacheAudioTokens, more.CacheAudioTokens),
            Images = Count.Add(Images, more.Images),
            VideoSeconds = VideoSeconds is null ? more.VideoSeconds : Money.Add(VideoSeconds.Value, more.VideoSeconds ?? 0m),
        };
    }

    private static long? ReadCount(JsonElement? group, string name) => Count.Read(group?.Member(name));
}
