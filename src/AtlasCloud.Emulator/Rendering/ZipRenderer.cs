using System.IO.Compression;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Makes ZIP packages with a model and its texture.</summary>
internal static class ZipRenderer
{
    /// <summary>ZIP cannot say less than 1980, and a clock would make the bytes of one output differ from read to read.</summary>
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
