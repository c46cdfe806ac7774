using AtlasCloud.Json;
using AtlasCloud.Requests;

namespace AtlasCloud.Reuse;

/// <summary>A request of a run.</summary>
/// <param name="Checked">The request.</param>
/// <param name="Digest">What identifies it in all runs.</param>
/// <param name="Options">Which earlier requests it may take over.</param>
internal sealed record ReuseRequest(CheckedRequest Checked, string Digest, ReuseOptions Options)
{
    private GenerationRequest Request => Checked.Request;

    internal string? Label => Request.Label;

    /// <summary>The entry with the label of this request, if it has one, so that errors show which request is affected.</summary>
    internal JournalEntry Name(JournalEntry entry) => Request.Label is null ? entry : entry with { Label = Request.Label };

    /// <summary>The earlier prediction as the result of this request.</summary>
    internal Prediction Adopt(JournalEntry entry)
    {
        Prediction earlier = entry.ToPrediction()!;
        return earlier with
        {
            IsReused = true,
            Model = entry.Model ?? Checked.ModelId,
            Label = Request.Label ?? entry.Label,
            Row = Request.Row,
            Source = Request.SourceName,
            Request = earlier.Request ?? JsonValues.ToDictionary(JsonText.ToElement(Checked.Composed.CopyWith(ComposedRequest.FindFileName)), _ => true, exact: true),
            Price = entry.Price,
            Charge = entry.Price is null ? BillingState.Unknown : BillingState.Charged,
            Currency = entry.Currency,
        };
    }
}
