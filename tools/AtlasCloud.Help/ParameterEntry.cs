namespace AtlasCloud.Help;

/// <summary>One parameter: its text, and what the engine knows about it too.</summary>
internal sealed record ParameterEntry
{
    /// <summary>The name of the set that stands for all sets.</summary>
    internal const string AllSets = "(All)";

    internal required string Name { get; init; }

    internal required IReadOnlyList<string> Description { get; init; }

    /// <summary>The full name of its type.</summary>
    internal required string Type { get; init; }

    /// <summary>What happens where it is left out; empty where nothing is to be said.</summary>
    internal required string DefaultValue { get; init; }

    internal required bool SupportsWildcards { get; init; }

    internal required IReadOnlyList<string> Aliases { get; init; }

    internal required IReadOnlyList<string> AcceptedValues { get; init; }

    internal required IReadOnlyList<ParameterSetEntry> Sets { get; init; }

    /// <summary>Where it stands in its page.</summary>
    internal required int Line { get; init; }

    internal bool IsSwitch => Type == "System.Management.Automation.SwitchParameter";

    /// <summary>How it behaves in a set; null where the set does not have it.</summary>
    internal ParameterSetEntry? In(string setName) => Sets.FirstOrDefault(s => s.Name == AllSets || s.Name == setName);
}

/// <summary>How a parameter behaves in one set.</summary>
internal sealed record ParameterSetEntry(string Name, int? Position, bool IsRequired, bool FromPipeline, bool FromPipelineByPropertyName)
{
    internal string PositionText => Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named";

    internal string PipelineText => (FromPipeline, FromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
