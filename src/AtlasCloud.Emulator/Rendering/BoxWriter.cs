using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Writes nested MP4 boxes.</summary>
internal sealed class BoxWriter
{
    private readonly List<byte> _bytes = [];

    internal BoxWriter Box(string type, Action<BoxWriter> content)
    {
        int start = _bytes.Count;
        UInt32(0).Text(type);
        content(this);
        BinaryPrimitives.WriteInt32BigEndian(CollectionsMarshal.AsSpan(_bytes)[start..], _bytes.Count - start);
        return this;
    }

    /// <summary>Writes a box that starts with a version and flags.</summary>
    internal BoxWriter FullBox(string type, uint flags, Action<BoxWriter> content) =>
        Box(type, box => content(box.UInt32(flags)));

    internal BoxWriter UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    internal BoxWriter UInt32s(params uint[] values)
    {
        foreach (uint value in values)
        {
            UInt32(value);
        }

        return this;
    }

    internal BoxWriter UInt16(int value)
    {
        _bytes.Add((byte)(value >> 8));
        _bytes.Add((byte)value);
        return this;
    }

    internal BoxWriter Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    internal BoxWriter Text(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    internal BoxWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal BoxWriter Zeros(int count) => Bytes(new byte[count]);

    internal byte[] ToArray() => [.. _bytes];
}
