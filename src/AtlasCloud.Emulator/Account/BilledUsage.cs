namespace AtlasCloud.Emulation.Account;

/// <summary>The usage that the billing API reports for a request, in addition to its price.</summary>
/// <param name="ModelType">text, image, video or audio.</param>
internal sealed record BilledUsage(string ModelType)
{
    internal long Requests { get; init; } = 1;

    internal long InputTokens { get; init; }

    internal long OutputTokens { get; init; }

    internal long Images { get; init; }

    internal decimal VideoSeconds { get; init; }

    internal BilledUsage Add(BilledUsage other) => this with
    {
        Requests = Requests + other.Requests,
        InputTokens = InputTokens + other.InputTokens,
        OutputTokens = OutputTokens + other.OutputTokens,
        Images = Images + other.Images,
        VideoSeconds = VideoSeconds + other.VideoSeconds,
    };
}
