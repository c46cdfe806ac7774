namespace AtlasCloud;

/// <summary>What <see cref="AtlasCloudClient.ProbeAsync"/> requests. None of it is charged.</summary>
public enum ProbeTarget : long
{
    /// <summary>The model catalog at <see cref="AtlasCloudOptions.BaseUri"/> (API reference, section 12). It needs no API key.</summary>
    Catalog,

    /// <summary>The language models at <see cref="AtlasCloudOptions.LlmBaseUri"/> (API reference, section 15.5). They need no API key.</summary>
    LanguageModels,

    /// <summary>The balance of the account (API reference, section 16.1). It needs an API key that may read billing.</summary>
    Balance,

    /// <summary>The projects of the team (API reference, section 24.2). They need <see cref="AtlasCloudOptions.ManagementKey"/>.</summary>
    Projects,
}
