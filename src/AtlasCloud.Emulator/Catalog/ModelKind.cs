namespace AtlasCloud.Emulation.Catalog;

/// <summary>The kind of output that a model produces.</summary>
internal enum ModelKind
{
    Chat,
    Image,
    Model3D,
    Video,
    Speech,
    Music,
    Lyrics,
    Transcript,
}
