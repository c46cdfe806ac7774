using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>One task. Nothing runs: where it stands follows from the clock when somebody asks.</summary>
internal sealed class EmulatedTask
{
    private static readonly ScenarioTask s_usual = new();

    private int _expiredLinks;

    internal required string Id { get; init; }

    internal required CatalogModel Model { get; init; }

    internal required JsonObject Body { get; init; }

    internal required string BodyText { get; init; }

    internal required Quote Quote { get; init; }

    internal required DateTimeOffset Created { get; init; }

    internal required TimeSpan Duration { get; init; }

    internal required TimeSpan PriceDelay { get; init; }

    internal ScenarioTask Plan { get; init; } = s_usual;

    /// <summary>Where its end is reported; null where nobody asked for it.</summary>
    internal Uri? Webhook { get; init; }

    /// <summary>How long the outputs can be downloaded.</summary>
    internal required TimeSpan OutputLifetime { get; init; }

    /// <summary>The record vanishes from the history once the task is finished.</summary>
    internal bool IsForgotten { get; init; }

    internal required OutputPlan Outputs { get; init; }

    /// <summary>The place of the charge in the wallet.</summary>
    internal required int Charge { get; init; }

    /// <summary>Whether there are outputs to be had of it once it has succeeded.</summary>
    internal bool Gives => Plan.End == ScenarioEnd.Completed;

    /// <summary>How often the addresses of its outputs have expired on purpose.</summary>
    internal int ExpiredLinks => _expiredLinks;

    internal RequestValues Values => new(Body, ModelSchema.Of(Model));

    internal DateTimeOffset Ends => Created + Duration;

    /// <summary>Makes addresses of one generation useless. An address that is older already changes nothing.</summary>
    internal void ExpireLinks(int generation) => Interlocked.CompareExchange(ref _expiredLinks, generation + 1, generation);

    internal bool IsVisible(DateTimeOffset now) => now - Created >= Plan.NotFound;

    internal bool ShowsPrice(DateTimeOffset now) => State(now).Phase == TaskPhase.Succeeded && now - Ends >= PriceDelay;

    internal TaskState State(DateTimeOffset now)
    {
        if (Plan.End == ScenarioEnd.Stuck || (Plan.End == ScenarioEnd.Unknown && now >= Ends))
        {
            return Plan.End == ScenarioEnd.Stuck ? TaskState.Processing : TaskState.Nameless;
        }

        if (now >= Ends)
        {
            return Plan.End switch
            {
                ScenarioEnd.Failed or ScenarioEnd.Failed500 => TaskState.Failed,
                ScenarioEnd.Timeout => new("timeout", TaskPhase.Failed),
                ScenarioEnd.Canceled => new("canceled", TaskPhase.Failed),
                ScenarioEnd.Expired => new("expired", TaskPhase.Failed),
                _ => TaskState.Completed,
            };
        }

        return ((now - Created) / Duration) switch
        {
            < 0.05 => TaskState.Created,
            < 0.15 => TaskState.Starting,
            >= 0.5 and < 0.65 when FallsBack => TaskState.Pending,
            _ => TaskState.Processing,
        };
    }

    /// <summary>One task in four is seen pending after it was processing.</summary>
    private bool FallsBack => Plan.Pending ?? Id[^1] is '0' or '4' or '8' or 'c';
}
