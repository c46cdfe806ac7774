namespace AtlasCloud;

/// <summary>How a model of the catalog differs from an earlier copy.</summary>
public enum ModelChangeKind : long
{
    /// <summary>The model is new.</summary>
    Added,

    /// <summary>The catalog no longer lists the model.</summary>
    Removed,

    /// <summary>The price in the catalog is another.</summary>
    PriceChanged,

    /// <summary>Inputs were added or removed, or accept other values.</summary>
    InputsChanged,
}
