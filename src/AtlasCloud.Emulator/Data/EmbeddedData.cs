using System.Reflection;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Data;

/// <summary>The embedded payloads, by their path relative to the fixtures folder.</summary>
internal static class EmbeddedData
{
    private static readonly Assembly s_assembly = typeof(EmbeddedData).Assembly;

    internal static bool Exists(string path) => s_assembly.GetManifestResourceInfo("Data/" + path) is not null;

    internal static byte[] Read(string path) =>
        TryRead("Data/" + path) ?? throw new FileNotFoundException($"There is no embedded sample '{path}'.");

    /// <summary>Reads a payload from the emulator's own Data folder.</summary>
    internal static JsonObject ReadEmulatorData(string name) => JsonNode.Parse(TryRead("EmulatorData/" + name)!)!.AsObject();

    internal static JsonNode ReadJson(string path) => JsonNode.Parse(Read(path))!;

    private static byte[]? TryRead(string name)
    {
        using Stream? stream = s_assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
