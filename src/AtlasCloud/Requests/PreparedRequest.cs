using System.Text.Json.Nodes;

namespace AtlasCloud.Requests;

/// <summary>A request that is ready to be sent or priced: checked, with its files uploaded and its body complete.</summary>
/// <param name="Request">What the caller asked for.</param>
/// <param name="Kind">The endpoint.</param>
/// <param name="Model">The model from the catalog; null if the catalog was unavailable.</param>
/// <param name="Body">The request body.</param>
internal sealed record PreparedRequest(GenerationRequest Request, GenerationKind Kind, Model? Model, JsonObject Body)
{
    /// <summary>The model ID as it is sent.</summary>
    internal string ModelId => Body["model"]!.GetValue<string>();

    /// <summary>What the model generates; derived from the endpoint if the catalog was unavailable.</summary>
    internal ModelKind Generates => Model?.Kind ?? Kind switch
    {
        GenerationKind.Image => ModelKind.Image,
        GenerationKind.Video => ModelKind.Video,
        _ => ModelKind.Speech,
    };
}
