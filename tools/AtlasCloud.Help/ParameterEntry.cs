namespace AtlasCloud.Help;

/// <summary>One parameter: its description, and its metadata as PowerShell knows it.</summary>
internal sealed record ParameterEntry
{
    /// <summary>The set name that means all sets.</summary>
    internal const string AllSets = "(All)";

    internal required string Name { get; init; }

    internal required IReadOnlyList<string> Description { get; init; }

    /// <summary>The full name of its type.</summary>
    internal required string Type { get; init; }

    /// <summary>The default value as text; empty when there is none.</summary>
    internal required string DefaultValue { get; init; }

    internal required bool SupportsWildcards { get; init; }

    internal required IReadOnlyList<string> Aliases { get; init; }

    internal required IReadOnlyList<string> AcceptedValues { get; init; }

    internal required IReadOnlyList<ParameterSetEntry> Sets { get; init; }

    /// <summary>The line of its heading.</summary>
    internal required int Line { get; init; }

    internal bool IsSwitch => Type == "System.Management.Automation.SwitchParameter";

    /// <summary>Its metadata in a set; null when the set does not contain it.</summary>
    internal ParameterSetEntry? In(string setName) => Sets.FirstOrDefault(s => s.Name == AllSets || s.Name == setName);
}

/// <summary>The metadata of a parameter in one set.</summary>
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
