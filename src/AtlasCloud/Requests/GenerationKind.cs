namespace AtlasCloud;

/// <summary>The endpoint that a request is sent to. It follows the model's type in the catalog. API reference, section 4.1.</summary>
public enum GenerationKind : long
{
    /// <summary>generateImage: images, image tools and 3D models.</summary>
    Image,

    /// <summary>generateVideo: video, lip sync and avatars.</summary>
    Video,

    /// <summary>generateAudio: speech, music, sound effects, lyrics and transcription.</summary>
    Audio,
}
