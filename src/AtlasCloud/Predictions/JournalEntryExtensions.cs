using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud;

/// <summary>Connects journal entries with predictions.</summary>
public static class JournalEntryExtensions
{
    /// <summary>Returns the prediction of a journal entry, to wait for or to save.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The prediction with what the journal knows about it; null while its ID is unknown.</returns>
    public static Prediction? ToPrediction(this JournalEntry entry)
    {
        if (entry.PredictionId is not string id)
        {
            return null;
        }

        Request? request = ReadRequest(entry);
        return new Prediction
        {
            Id = id,
            JournalId = entry.JournalId,
            IsResumed = true,
            Model = entry.Model,
            Kind = entry.Kind,
            Label = entry.Label,
            Status = entry.Status ?? "unknown",
            CreatedAt = TaskTimeWindow.Add(entry.LastSentAt, entry.ClockOffset ?? TimeSpan.Zero),
            SubmittedAt = entry.LastSentAt,
            Request = request is null ? null : JsonValues.ToDictionary(entry.Recorded!.Value.Member(RecordedRequest.RequestName)!.Value, _ => true, exact: true),
            Uploads = request?.Uploads ?? [],
        };
    }

    /// <summary>Returns the request of a journal entry, to send it again.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The request; null unless <see cref="AtlasCloudOptions.RecordPrompts"/> was set when it was sent, and for a request of more than 256 KiB.</returns>
    public static Request? ToRequest(this JournalEntry entry) => ReadRequest(entry) is not Request request ? null : request with
    {
        Kind = entry.Kind == ModelKind.Unknown ? request.Kind : entry.Kind,
        Label = entry.Label,
        Source = entry.JournalId,
        PredictionId = entry.PredictionId,
        CreatedAt = entry.LastSentAt,
    };

    // A damaged request does not make the entry unreadable: its result may still be available.
    private static Request? ReadRequest(JournalEntry entry)
    {
        try
        {
            return entry.Recorded is JsonElement recorded ? RequestReader.Read(recorded, entry.JournalId) : null;
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }
}
