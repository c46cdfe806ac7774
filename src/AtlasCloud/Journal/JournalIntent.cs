using AtlasCloud.Requests;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>What is known of a request before it is sent.</summary>
/// <param name="Model">The model's id as it is sent.</param>
/// <param name="Digest">What <see cref="RequestDigest"/> makes of the body.</param>
internal sealed record JournalIntent(string Model, string Digest)
{
    /// <summary>What the model makes.</summary>
    internal ModelKind Kind { get; init; }

    /// <summary>The name that the user gave it.</summary>
    internal string? Label { get; init; }

    /// <summary>The service that is asked. Only scheme, host and port are written.</summary>
    internal Uri? BaseUri { get; init; }

    /// <summary>The prompt, if the user wants it in the journal.</summary>
    internal string? Prompt { get; init; }

    /// <summary>The price that the service quoted; null if it was not asked.</summary>
    internal decimal? QuotedPrice { get; init; }

    /// <summary>The currency of the quoted price.</summary>
    internal string? Currency { get; init; }

    internal JournalLine ToLine(string journalId, DateTimeOffset now) => new()
    {
        Event = JournalHeader.WordOf(JournalEvent.Intent),
        Entry = journalId,
        At = now,
        Model = Model,
        Kind = Kind.ToString(),
        Label = Label is null ? null : SafeText.Sanitize(Label, length: JournalFile.TextLength),
        Origin = BaseUri?.GetLeftPart(UriPartial.Authority),
        Digest = Digest,
        QuotedPrice = QuotedPrice,
        Currency = Currency,
        Process = Environment.ProcessId,
        Machine = Environment.MachineName,
        Prompt = Prompt is null ? null : SafeText.Mask(Prompt),
    };
}
