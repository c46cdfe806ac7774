namespace AtlasCloud.Predictions;

/// <summary>One request on its way to the service.</summary>
internal sealed class SubmitRecord(string model, string digest, JournalEntry? entry)
{
    internal string Model => model;

    /// <summary>What the request is recognised by in the history.</summary>
    internal string Digest => digest;

    /// <summary>What the journal has of it; null where there is no journal.</summary>
    internal JournalEntry? Entry => entry;

    internal string? JournalId => entry?.JournalId;
}
