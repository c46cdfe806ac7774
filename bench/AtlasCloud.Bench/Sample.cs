using System.Text.Json.Serialization;

namespace AtlasCloud.Bench;

/// <summary>One measurement.</summary>
internal sealed record Sample
{
    /// <summary>The time.</summary>
    [JsonPropertyName("milliseconds")]
    public double Milliseconds { get; init; }

    /// <summary>By how many MiB the peak of the memory grew; null if it was not measured.</summary>
    [JsonPropertyName("growth")]
    public double? Growth { get; init; }

    /// <summary>The processor time in percent of one core; null if it was not measured.</summary>
    [JsonPropertyName("processor")]
    public double? Processor { get; init; }

    /// <summary>The memory in MiB; null if it was not measured.</summary>
    [JsonPropertyName("memory")]
    public double? Memory { get; init; }

    /// <summary>The milliseconds until the command had stopped; null if it was not measured.</summary>
    [JsonPropertyName("stop")]
    public double? Stop { get; init; }

    /// <summary>A count or a share that a measurement has besides its time, such as polls for each prediction.</summary>
    [JsonPropertyName("value")]
    public double? Value { get; init; }
}
