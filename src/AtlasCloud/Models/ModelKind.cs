namespace AtlasCloud;

/// <summary>What a model makes.</summary>
public enum ModelKind
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>A language model.</summary>
    Chat,

    /// <summary>Images and image tools.</summary>
    Image,

    /// <summary>Meshes and their textures.</summary>
    ThreeD,

    /// <summary>Video, lip sync, avatars.</summary>
    Video,

    /// <summary>Spoken text.</summary>
    Speech,

    /// <summary>Music and song texts.</summary>
    Music,

    /// <summary>Text from speech.</summary>
    Transcription,
}
