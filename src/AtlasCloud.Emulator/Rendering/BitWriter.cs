namespace AtlasCloud.Emulation.Rendering;

/// <summary>Writes the bits of an H.264 NAL unit.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _count;

    internal void WriteBits(uint value, int count)
    {
        for (int bit = count - 1; bit >= 0; bit--)
        {
            _current = (_current << 1) | (int)((value >> bit) & 1);
            if (++_count == 8)
            {
                _bytes.Add((byte)_current);
                (_current, _count) = (0, 0);
            }
        }
    }

    /// <summary>Writes an unsigned Exp-Golomb code.</summary>
    internal void WriteExpGolomb(uint value)
    {
        int length = 32 - System.Numerics.BitOperations.LeadingZeroCount(value + 1);
        WriteBits(0, length - 1);
        WriteBits(value + 1, length);
    }

    /// <summary>Pads the current byte with zeros.</summary>
    internal void Align()
    {
        if (_count > 0)
        {
            WriteBits(0, 8 - _count);
        }
    }

    /// <summary>Appends whole bytes; the writer must be aligned.</summary>
    internal void WriteBytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>Appends the stop bit and returns the NAL unit, with emulation prevention bytes.</summary>
    internal byte[] ToUnit(byte header)
    {
        WriteBits(1, 1);
        Align();
        List<byte> unit = new(_bytes.Count + 64) { header };
        int zeros = 0;
        foreach (byte b in _bytes)
        {
            if (zeros == 2 && b <= 3)
            {
                unit.Add(3);
                zeros = 0;
            }

            zeros = b == 0 ? zeros + 1 : 0;
            unit.Add(b);
        }

        return [.. unit];
    }
}
