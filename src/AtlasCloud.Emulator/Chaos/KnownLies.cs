namespace AtlasCloud.Emulation.Chaos;

/// <summary>
/// Replies that are wrong, incomplete or in a format that the service does not document, while the request was handled as usual. They can be
/// injected at a rate, but are not part of the default faults, so that these stay comparable.
/// </summary>
internal static class KnownLies
{
    private static readonly Lazy<IReadOnlyDictionary<string, ChaosFault>> s_all = new(() =>
        SubmitLies.All().Concat(HistoryLies.All()).Concat(TaskLies.All()).Concat(ReplyLies.All()).ToDictionary(lie => lie.Name, StringComparer.Ordinal));

    /// <summary>The lies by name.</summary>
    internal static IReadOnlyDictionary<string, ChaosFault> All => s_all.Value;
}
