namespace AtlasCloud;

/// <summary>What a model makes. Finer than <see cref="Model.Type"/>.</summary>
public enum ModelKind : long
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>Text: a language model.</summary>
    Chat,

    /// <summary>Images, including edits and upscaling.</summary>
    Image,

    /// <summary>3D meshes and their textures.</summary>
    ThreeD,

    /// <summary>Video, including lip sync and avatars.</summary>
    Video,

    /// <summary>Speech from text.</summary>
    Speech,

    /// <summary>Music and lyrics.</summary>
    Music,

    /// <summary>Text from speech.</summary>
    Transcription,
}
