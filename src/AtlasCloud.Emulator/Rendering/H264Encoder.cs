namespace AtlasCloud.Emulation.Rendering;

/// <summary>Writes H.264 baseline frames whose blocks are plain samples (I_PCM): no transform, no prediction, every player takes it.</summary>
internal sealed class H264Encoder
{
    private const int Block = 16;
    private const int ProfileBaseline = 66;
    private const int LevelThree = 30;

    private readonly FrameSize _size;
    private readonly int _columns;
    private readonly int _rows;

    internal H264Encoder(FrameSize size)
    {
        _size = size;
        (_columns, _rows) = ((size.Width + Block - 1) / Block, (size.Height + Block - 1) / Block);
    }

    internal byte[] SequenceParameters()
    {
        BitWriter bits = new();
        bits.Bits(ProfileBaseline, 8);
        bits.Bits(0xC0, 8);
        bits.Bits(LevelThree, 8);
        bits.Number(0); // id
        bits.Number(0); // 4 bits of frame number
        bits.Number(2); // output order is decoding order
        bits.Number(1); // reference frames
        bits.Bits(0, 1); // no gaps
        bits.Number((uint)_columns - 1);
        bits.Number((uint)_rows - 1);
        bits.Bits(1, 1); // frames, not fields
        bits.Bits(1, 1); // direct 8x8
        int right = ((_columns * Block) - _size.Width) / 2;
        int bottom = ((_rows * Block) - _size.Height) / 2;
        bits.Bits(right + bottom > 0 ? 1u : 0u, 1);
        if (right + bottom > 0)
        {
            bits.Number(0);
            bits.Number((uint)right);
            bits.Number(0);
            bits.Number((uint)bottom);
        }

        bits.Bits(0, 1); // no usability information
        return bits.ToUnit(0x67);
    }

    internal static byte[] PictureParameters()
    {
        BitWriter bits = new();
        bits.Number(0); // id
        bits.Number(0); // id of the sequence
        bits.Bits(0, 2); // variable length codes, no picture order
        bits.Number(0); // one slice group
        bits.Number(0);
        bits.Number(0);
        bits.Bits(0, 3); // no weights
        bits.Number(0);
        bits.Number(0);
        bits.Number(0);
        bits.Bits(0, 3); // no deblocking control, no constrained prediction, no redundant pictures
        return bits.ToUnit(0x68);
    }

    /// <summary>One frame that stands for itself. The colour of a place comes from the caller as luma and two chroma values.</summary>
    internal byte[] Frame(int number, Func<int, int, (byte Y, byte U, byte V)> colour)
    {
        BitWriter bits = new();
        bits.Number(0); // first block
        bits.Number(7); // all slices are I
        bits.Number(0); // id of the picture parameters
        bits.Bits(0, 4); // frame number
        bits.Number((uint)(number & 1)); // neighbours of this kind must differ
        bits.Bits(0, 2); // shown at once, short term
        bits.Number(0); // quantiser as it is
        byte[] samples = new byte[Block * Block * 3 / 2];
        for (int block = 0; block < _columns * _rows; block++)
        {
            Fill(samples, block % _columns * Block, block / _columns * Block, colour);
            bits.Number(25); // I_PCM
            bits.Align();
            bits.Bytes(samples);
        }

        return bits.ToUnit(0x65);
    }

    private static void Fill(byte[] samples, int left, int top, Func<int, int, (byte Y, byte U, byte V)> colour)
    {
        const int Luma = Block * Block;
        const int Chroma = Luma / 4;
        for (int y = 0; y < Block; y++)
        {
            for (int x = 0; x < Block; x++)
            {
                (byte luma, byte u, byte v) = colour(left + x, top + y);
                samples[(y * Block) + x] = luma;
                if ((x & 1) == 0 && (y & 1) == 0)
                {
                    int place = (y / 2 * (Block / 2)) + (x / 2);
                    samples[Luma + place] = u;
                    samples[Luma + Chroma + place] = v;
                }
            }
        }
    }
}
