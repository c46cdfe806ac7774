namespace AtlasCloud.Requests;

/// <summary>A request that was checked. Its local files are not uploaded yet.</summary>
/// <param name="Request">What the caller asked for.</param>
/// <param name="Kind">The endpoint; null for the one that the catalog names for the model.</param>
/// <param name="Model">The model from the catalog; null if the catalog was unavailable.</param>
/// <param name="Schema">The model's schema; null if it was unavailable.</param>
/// <param name="Composed">The body.</param>
internal sealed record CheckedRequest(GenerationRequest Request, GenerationKind? Kind, Model? Model, ModelSchema? Schema, ComposedRequest Composed)
{
    /// <summary>The model ID as it is sent.</summary>
    internal string ModelId => Composed.Body["model"]!.GetValue<string>();
}
