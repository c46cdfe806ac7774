using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>One task. Nothing runs: where it stands follows from the clock when somebody asks.</summary>
internal sealed class EmulatedTask
{
    private static readonly ScenarioTask s_defaultScenario = new();

    private int _linkGeneration;

    internal required string Id { get; init; }

    internal required CatalogModel Model { get; init; }

    internal required JsonObject Body { get; init; }

    internal required string BodyText { get; init; }

    internal required Quote Quote { get; init; }

    internal required DateTimeOffset CreatedAt { get; init; }

    internal required TimeSpan Duration { get; init; }

    internal required TimeSpan PriceDelay { get; init; }

    internal ScenarioTask Scenario { get; init; } = s_defaultScenario;

    /// <summary>Where its end is reported; null where nobody asked for it.</summary>
    internal Uri? WebhookUri { get; init; }

    /// <summary>How long the outputs can be downloaded.</summary>
    internal required TimeSpan OutputLifetime { get; init; }

    /// <summary>The record vanishes from the history once the task is finished.</summary>
    internal bool DeletesRecord { get; init; }

    internal required OutputPlan Outputs { get; init; }

    /// <summary>The place of the charge in the wallet.</summary>
    internal required int ChargeIndex { get; init; }

    /// <summary>Whether there are outputs to be had of it once it has succeeded.</summary>
    internal bool HasOutputs => Scenario.End == ScenarioTaskEnd.Completed;

    /// <summary>How often the addresses of its outputs have expired on purpose.</summary>
    internal int LinkGeneration => _linkGeneration;

    internal RequestValues Values => new(Body, ModelSchema.For(Model));

    internal DateTimeOffset EndsAt => CreatedAt + Duration;

    /// <summary>Makes addresses of one generation useless. An address that is older already changes nothing.</summary>
    internal void ExpireLinks(int generation) => Interlocked.CompareExchange(ref _linkGeneration, generation + 1, generation);

    internal bool IsVisible(DateTimeOffset now) => now - CreatedAt >= Scenario.NotFound;

    internal bool IsPricePublished(DateTimeOffset now) => StateAt(now).Phase == TaskPhase.Succeeded && now - EndsAt >= PriceDelay;

    internal TaskState StateAt(DateTimeOffset now)
    {
        if (Scenario.End == ScenarioTaskEnd.Stuck || (Scenario.End == ScenarioTaskEnd.Unknown && now >= EndsAt))
        {
            return Scenario.End == ScenarioTaskEnd.Stuck ? TaskState.Processing : TaskState.PostProcessing;
        }

        if (now >= EndsAt)
        {
            return Scenario.End switch
            {
                ScenarioTaskEnd.Failed or ScenarioTaskEnd.Failed500 => TaskState.Failed,
                ScenarioTaskEnd.Timeout => new("timeout", TaskPhase.Failed),
                ScenarioTaskEnd.Canceled => new("canceled", TaskPhase.Failed),
                ScenarioTaskEnd.Expired => new("expired", TaskPhase.Failed),
                _ => TaskState.Completed,
            };
        }

        return ((now - CreatedAt) / Duration) switch
        {
            < 0.05 => TaskState.Created,
            < 0.15 => TaskState.Starting,
            >= 0.5 and < 0.65 when ReturnsToPending => TaskState.Pending,
            _ => TaskState.Processing,
        };
    }

    /// <summary>One task in four is seen pending after it was processing.</summary>
    private bool ReturnsToPending => Scenario.Pending ?? Id[^1] is '0' or '4' or '8' or 'c';
}
