namespace AtlasCloud.Emulation.Rendering;

/// <summary>A gradient with discs, one byte per pixel, rendered line by line.</summary>
internal sealed class Picture
{
    private const int Discs = 6;

    private readonly FrameSize _size;
    private readonly int _across;
    private readonly int _down;
    private readonly (double X, double Y, double Radius, byte Colour)[] _discs;

    internal Picture(FrameSize size, Random random)
    {
        _size = size;
        double slant = 0.25 + (0.5 * random.NextDouble());

        // Fixed-point arithmetic: the sum of both directions ends at the last gradient colour.
        _across = (int)(slant * (Palette.GradientColours - 1) * 65536 / size.Width);
        _down = (int)((1 - slant) * (Palette.GradientColours - 1) * 65536 / size.Height);
        int shorter = Math.Min(size.Width, size.Height);
        _discs = new (double, double, double, byte)[Discs];
        for (int i = 0; i < Discs; i++)
        {
            _discs[i] = (
                random.NextDouble() * size.Width,
                random.NextDouble() * size.Height,
                shorter * (0.04 + (0.14 * random.NextDouble())),
                (byte)(Palette.GradientColours + (i % (256 - Palette.GradientColours))));
        }
    }

    internal void DrawLine(int y, Span<byte> line)
    {
        int value = y * _down;
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = (byte)(value >> 16);
            value += _across;
        }

        foreach ((double centreX, double centreY, double radius, byte colour) in _discs)
        {
            double distance = y - centreY;
            double half = (radius * radius) - (distance * distance);
            if (half <= 0)
            {
                continue;
            }

            int from = Math.Clamp((int)(centreX - Math.Sqrt(half)), 0, _size.Width);
            int to = Math.Clamp((int)(centreX + Math.Sqrt(half)), from, _size.Width);
            line[from..to].Fill(colour);
        }
    }
}
