namespace AtlasCloud.Bench;

/// <summary>A peer is not installed, so its row has no ratio.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
