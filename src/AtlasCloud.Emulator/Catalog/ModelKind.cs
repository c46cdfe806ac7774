namespace AtlasCloud.Emulation.Catalog;

/// <summary>What a model makes.</summary>
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
