using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>A task. Nothing runs in the background: the state is computed from the clock on each read.</summary>
internal sealed class EmulatedTask
{
    private static readonly ScenarioTask s_defaultScenario = new();

    private int _linkGeneration;
    private int _finalReads;

    internal required string Id { get; init; }

    /// <summary>The account that submitted the task, from 1. The others cannot see it.</summary>
    internal int? Account { get; init; }

    internal required CatalogModel Model { get; init; }

    internal required JsonObject Body { get; init; }

    internal required string BodyText { get; init; }

    internal required Quote Quote { get; init; }

    internal required DateTimeOffset CreatedAt { get; init; }

    internal required TimeSpan Duration { get; init; }

    internal required TimeSpan PriceDelay { get; init; }

    internal ScenarioTask Scenario { get; init; } = s_defaultScenario;

    /// <summary>The webhook to notify; null for none.</summary>
    internal Uri? WebhookUri { get; init; }

    /// <summary>How long the outputs can be downloaded.</summary>
    internal required TimeSpan OutputLifetime { get; init; }

    /// <summary>Whether the record disappears from the history when the task finishes.</summary>
    internal bool DeletesRecord { get; init; }

    internal required OutputPlan Outputs { get; init; }

    /// <summary>The index of the charge in the account balance.</summary>
    internal required int ChargeIndex { get; init; }

    /// <summary>Whether the task has outputs when it succeeds.</summary>
    internal bool HasOutputs => Scenario.End == ScenarioTaskEnd.Completed;

    /// <summary>The generation of its output addresses; a fault that expires them increments it.</summary>
    internal int LinkGeneration => _linkGeneration;

    internal RequestValues Values => new(Body, ModelSchema.For(Model));

    internal DateTimeOffset EndsAt => CreatedAt + Duration;

    /// <summary>Expires the addresses of one generation. Has no effect for older generations.</summary>
    internal void ExpireLinks(int generation) => Interlocked.CompareExchange(ref _linkGeneration, generation + 1, generation);

    internal bool IsVisible(DateTimeOffset now) => now - CreatedAt >= Scenario.NotFound;

    /// <summary>Whether the history of an account contains the task.</summary>
    internal bool IsListed(int? account, DateTimeOffset now) => Account == account && !(DeletesRecord && StateAt(now).IsFinal);

    /// <summary>What the next read reports. Only reads after the end count.</summary>
    internal ScenarioTaskRead CountRead(DateTimeOffset now) =>
        Scenario.Reads.Count > 0 && StateAt(now).IsFinal && Interlocked.Increment(ref _finalReads) is var read && read <= Scenario.Reads.Count
            ? Scenario.Reads[read - 1]
            : ScenarioTaskRead.Actual;

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

    /// <summary>One task in four returns to pending while it is processing.</summary>
    private bool ReturnsToPending => Scenario.Pending ?? Id[^1] is '0' or '4' or '8' or 'c';
}
