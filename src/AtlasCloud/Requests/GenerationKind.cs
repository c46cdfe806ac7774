namespace AtlasCloud;

/// <summary>The endpoint that a request is sent to. It follows the catalog's type: 3D is Image, transcription is Audio.</summary>
public enum GenerationKind
{
    /// <summary>Images, image tools and 3D.</summary>
    Image,

    /// <summary>Video, lip sync, avatars.</summary>
    Video,

    /// <summary>Speech, music, sound, lyrics, transcription.</summary>
    Audio,
}
