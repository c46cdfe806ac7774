using System.IO.Compression;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Renders ZIP archives with a 3D model and its texture.</summary>
internal static class ZipRenderer
{
    /// <summary>A fixed time keeps the bytes of an output identical on each read. 1980 is the earliest year in ZIP.</summary>
    private static readonly DateTimeOffset s_epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Render(string id, string prompt)
    {
        using MemoryStream package = new();
        using (ZipArchive archive = new(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "model.glb", GlbRenderer.Render(id, prompt));
            Add(archive, "texture.png", PngRenderer.Render(new FrameSize(256, 256), id, prompt));
        }

        return package.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = s_epoch;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
