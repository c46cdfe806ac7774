using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Tasks whose end is reported wrongly, too early, or in a format that the service does not document. Decided at submit.</summary>
internal static class TaskLies
{
    internal static IEnumerable<ChaosFault> All() =>
    [
        Create("outputs-object", new ScenarioTask { Outputs = ScenarioTaskOutputs.Object }),
        Create("outputs-nested", new ScenarioTask { Outputs = ScenarioTaskOutputs.Nested }),
        Create("outputs-file", new ScenarioTask { Outputs = ScenarioTaskOutputs.File }),
        Create("outputs-images", new ScenarioTask { Outputs = ScenarioTaskOutputs.Images }),
        Create("outputs-file-url", new ScenarioTask { Outputs = ScenarioTaskOutputs.FileUrl }),
        Create("outputs-unreadable", new ScenarioTask { Outputs = ScenarioTaskOutputs.Unreadable }),
        Create("outputs-partly-unreadable", new ScenarioTask { Outputs = ScenarioTaskOutputs.PartlyUnreadable }),
        Create("late-outputs", new ScenarioTask { Reads = [ScenarioTaskRead.NoOutputs] }),
        Create("completed-then-processing", new ScenarioTask { Reads = [ScenarioTaskRead.Actual, ScenarioTaskRead.Processing] }),
        Create("failed-then-completed", new ScenarioTask { Reads = [ScenarioTaskRead.Failed] }),
        Create("negative-price", new ScenarioTask { Price = JsonValue.Create("-12000") }),
        Create("huge-price", new ScenarioTask { Price = JsonValue.Create("79228162514264337593543950335") }),
    ];

    private static ChaosFault Create(string name, ScenarioTask task) => ChaosFault.Create(name, [RequestKind.Submit], new ScenarioRule { Task = task });
}
