namespace AtlasCloud;

/// <summary>What billing rows are grouped by within a day.</summary>
public enum BillingGroup : long
{
    /// <summary>The model. Rows of models include their type.</summary>
    Model,

    /// <summary>The type of the model: text, image, video, audio.</summary>
    ModelType,

    /// <summary>The API key.</summary>
    ApiKey,
}
