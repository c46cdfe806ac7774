namespace AtlasCloud.Soak;

/// <summary>A task whose result the journal does not lead to.</summary>
/// <param name="Description">The task and what is wrong.</param>
/// <param name="IsWrittenOff">Whether the journal closed its entry, so that nothing will look for the result again.</param>
internal sealed record SoakLoss(string Description, bool IsWrittenOff);
