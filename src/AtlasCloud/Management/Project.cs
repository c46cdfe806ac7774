using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>A project: a group of API keys with a common budget (API reference, section 24.3).</summary>
public sealed record Project
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "object", "id", "name", "description", "status", "is_default", "budget", "request_id",
    };

    /// <summary>The ID, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The name, unique in the account.</summary>
    public string Name { get; init; } = "";

    /// <summary>The description; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>active or archived; other words of the service are kept.</summary>
    public string? Status { get; init; }

    /// <summary>Whether this is the default project of the account; null if the service does not say.</summary>
    public bool? IsDefault { get; init; }

    /// <summary>Whether the project is archived. An archived project cannot be changed or restored.</summary>
    public bool IsArchived => string.Equals(Status, "archived", StringComparison.OrdinalIgnoreCase);

    /// <summary>The limits.</summary>
    public ProjectBudget Budget { get; init; } = new();

    /// <summary>Members that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Reads a project; null if it has no ID.</summary>
    internal static Project? Read(JsonElement item) => item.Text("id") is not string id ? null : new Project
    {
        Id = id,
        Name = item.Text("name") ?? "",
        Description = item.Text("description") ?? "",
        Status = item.Text("status"),
        IsDefault = item.Member("is_default")?.AsBoolean(),
        Budget = ProjectBudget.Read(item.Member("budget")),
        AdditionalProperties = JsonValues.ToDictionary(item, name => !s_known.Contains(name)),
    };
}
