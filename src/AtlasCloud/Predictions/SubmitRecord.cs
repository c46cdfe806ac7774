namespace AtlasCloud.Predictions;

/// <summary>One request that is being submitted.</summary>
/// <param name="model">The model it goes to.</param>
/// <param name="digest">What identifies its content in the history.</param>
/// <param name="entry">Its journal entry; null if there is no journal.</param>
internal sealed class SubmitRecord(string model, string digest, JournalEntry? entry)
{
    internal string Model => model;

    internal string Digest => digest;

    internal JournalEntry? Entry => entry;

    internal string? JournalId => entry?.JournalId;
}
