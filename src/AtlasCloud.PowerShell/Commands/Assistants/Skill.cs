namespace AtlasCloud;

/// <summary>A skill: instructions that teach an assistant with a shell to use the module.</summary>
public sealed record Skill
{
    /// <summary>The name of the skill.</summary>
    public required string Name { get; init; }

    /// <summary>When to use it.</summary>
    public required string Description { get; init; }

    /// <summary>The folder with SKILL.md and the files that it refers to.</summary>
    public required string Path { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
