using System.Text.Json.Nodes;
using AtlasCloud.Costs;

namespace AtlasCloud.Requests;

/// <summary>A request that is ready to be sent or priced: checked, with its files uploaded and its body complete.</summary>
/// <param name="Request">What the caller asked for.</param>
/// <param name="Kind">The endpoint.</param>
/// <param name="Model">The model from the catalog; null if the catalog was unavailable.</param>
/// <param name="Body">The request body.</param>
internal sealed record PreparedRequest(GenerationRequest Request, GenerationKind Kind, Model? Model, JsonObject Body)
{
    /// <summary>
    /// The body with the schema's default of each omitted input, as the service completes it before it prices; null if nothing is omitted. It is quoted and never
    /// submitted, since a default can depend on other inputs.
    /// </summary>
    internal JsonObject? CompleteBody { get; init; }

    /// <summary>The files that were uploaded for the request.</summary>
    internal IReadOnlyList<RequestUpload> Uploads { get; init; } = [];

    /// <summary>The digest that identifies the request in later runs, whose uploads have other addresses.</summary>
    internal string? ReuseDigest { get; init; }

    /// <summary>What to ask for the price of the request.</summary>
    internal QuoteRequest QuoteRequest => new(Body, CompleteBody, Request.Label, Generates == ModelKind.Image);

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
