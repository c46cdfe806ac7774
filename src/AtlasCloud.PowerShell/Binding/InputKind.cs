namespace AtlasCloud.PowerShell.Binding;

/// <summary>What a pipeline object is to a request.</summary>
internal enum InputKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Text: the prompt or the message.</summary>
    Text,

    /// <summary>A number, which repeats a request whose prompt is specified.</summary>
    Number,

    /// <summary>Media, or an object with media such as a prediction.</summary>
    Media,

    /// <summary>A model of the catalog.</summary>
    Model,

    /// <summary>An object whose properties are inputs.</summary>
    Row,
}
