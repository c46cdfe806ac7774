using System.Buffers.Binary;

namespace AtlasCloud.Tests;

/// <summary>Headers of images of a given size.</summary>
internal static class SomeImage
{
    internal static byte[] Png(int width, int height)
    {
        byte[] file = [.. Bytes.Png];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }
}
