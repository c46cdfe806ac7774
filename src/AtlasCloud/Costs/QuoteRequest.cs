using System.Text.Json.Nodes;

namespace AtlasCloud.Costs;

/// <summary>A request to price.</summary>
/// <param name="Body">The body as it would be submitted.</param>
/// <param name="CompleteBody">The body with the defaults of omitted inputs; null if none is omitted.</param>
/// <param name="Label">The label of the request; null if it has none.</param>
/// <param name="IsImage">Whether the model generates images, which reserve a ceiling if they are billed by tokens.</param>
internal sealed record QuoteRequest(JsonObject Body, JsonObject? CompleteBody = null, string? Label = null, bool IsImage = false)
{
    internal string Model => Body["model"]!.GetValue<string>();
}
