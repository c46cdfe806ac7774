namespace AtlasCloud.Emulation.Rendering;

/// <summary>Encodes H.264 baseline frames with uncompressed (I_PCM) macroblocks, which every player decodes.</summary>
internal sealed class H264Encoder
{
    private const int BlockSize = 16;
    private const int ProfileBaseline = 66;
    private const int LevelThree = 30;

    private readonly FrameSize _size;
    private readonly int _columns;
    private readonly int _rows;

    internal H264Encoder(FrameSize size)
    {
        _size = size;
        (_columns, _rows) = ((size.Width + BlockSize - 1) / BlockSize, (size.Height + BlockSize - 1) / BlockSize);
    }

    internal byte[] SequenceParameters()
    {
        BitWriter bits = new();
        bits.WriteBits(ProfileBaseline, 8);
        bits.WriteBits(0xC0, 8);
        bits.WriteBits(LevelThree, 8);
        bits.WriteExpGolomb(0); // SPS ID
        bits.WriteExpGolomb(0); // 4-bit frame numbers
        bits.WriteExpGolomb(2); // output order is decoding order
        bits.WriteExpGolomb(1); // reference frames
        bits.WriteBits(0, 1); // no gaps in frame numbers
        bits.WriteExpGolomb((uint)_columns - 1);
        bits.WriteExpGolomb((uint)_rows - 1);
        bits.WriteBits(1, 1); // frames only, no fields
        bits.WriteBits(1, 1); // direct 8x8 inference
        int right = ((_columns * BlockSize) - _size.Width) / 2;
        int bottom = ((_rows * BlockSize) - _size.Height) / 2;
        bits.WriteBits(right + bottom > 0 ? 1u : 0u, 1);
        if (right + bottom > 0)
        {
            bits.WriteExpGolomb(0);
            bits.WriteExpGolomb((uint)right);
            bits.WriteExpGolomb(0);
            bits.WriteExpGolomb((uint)bottom);
        }

        bits.WriteBits(0, 1); // no VUI parameters
        return bits.ToUnit(0x67);
    }

    internal static byte[] PictureParameters()
    {
        BitWriter bits = new();
        bits.WriteExpGolomb(0); // PPS ID
        bits.WriteExpGolomb(0); // SPS ID
        bits.WriteBits(0, 2); // CAVLC, no picture order
        bits.WriteExpGolomb(0); // one slice group
        bits.WriteExpGolomb(0);
        bits.WriteExpGolomb(0);
        bits.WriteBits(0, 3); // no weighted prediction
        bits.WriteExpGolomb(0);
        bits.WriteExpGolomb(0);
        bits.WriteExpGolomb(0);
        bits.WriteBits(0, 3); // no deblocking control, no constrained intra prediction, no redundant pictures
        return bits.ToUnit(0x68);
    }

    /// <summary>Encodes a key frame. The delegate returns the luma and both chroma values of a pixel.</summary>
    internal byte[] EncodeFrame(int number, Func<int, int, (byte Y, byte U, byte V)> colour)
    {
        BitWriter bits = new();
        bits.WriteExpGolomb(0); // first macroblock
        bits.WriteExpGolomb(7); // all slices are I slices
        bits.WriteExpGolomb(0); // PPS ID
        bits.WriteBits(0, 4); // frame number
        bits.WriteExpGolomb((uint)(number & 1)); // consecutive IDR pictures must have different IDs
        bits.WriteBits(0, 2); // output immediately, short-term reference
        bits.WriteExpGolomb(0); // default quantizer
        byte[] samples = new byte[BlockSize * BlockSize * 3 / 2];
        for (int block = 0; block < _columns * _rows; block++)
        {
            FillBlock(samples, block % _columns * BlockSize, block / _columns * BlockSize, colour);
            bits.WriteExpGolomb(25); // I_PCM
            bits.Align();
            bits.WriteBytes(samples);
        }

        return bits.ToUnit(0x65);
    }

    private static void FillBlock(byte[] samples, int left, int top, Func<int, int, (byte Y, byte U, byte V)> colour)
    {
        const int Luma = BlockSize * BlockSize;
        const int Chroma = Luma / 4;
        for (int y = 0; y < BlockSize; y++)
        {
            for (int x = 0; x < BlockSize; x++)
            {
                (byte luma, byte u, byte v) = colour(left + x, top + y);
                samples[(y * BlockSize) + x] = luma;
                if ((x & 1) == 0 && (y & 1) == 0)
                {
                    int index = (y / 2 * (BlockSize / 2)) + (x / 2);
                    samples[Luma + index] = u;
                    samples[Luma + Chroma + index] = v;
                }
            }
        }
    }
}
