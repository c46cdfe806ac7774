namespace AtlasCloud.Emulation.Rendering;

/// <summary>A palette of 256 colours: a gradient between two hues, and accents.</summary>
internal static class Palette
{
    /// <summary>The number of gradient colours; the others are accents.</summary>
    internal const int GradientColours = 248;

    internal static byte[] Create(Random random)
    {
        byte[] colours = new byte[256 * 3];
        double hue = random.NextDouble();
        for (int i = 0; i < GradientColours; i++)
        {
            double part = (double)i / GradientColours;
            SetColour(colours, i, hue + (0.22 * part), 0.55 + (0.25 * part), 0.35 + (0.55 * part));
        }

        for (int i = GradientColours; i < 256; i++)
        {
            SetColour(colours, i, hue + 0.5 + (0.2 * random.NextDouble()), 0.3 + (0.5 * random.NextDouble()), 0.75 + (0.25 * random.NextDouble()));
        }

        return colours;
    }

    private static void SetColour(byte[] colours, int index, double hue, double saturation, double value)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            double k = ((((2 - channel) * 2) + 1 + (hue * 6)) % 6 + 6) % 6;
            double level = value - (value * saturation * Math.Max(0, Math.Min(Math.Min(k, 4 - k), 1)));
            colours[(index * 3) + channel] = (byte)Math.Round(255 * level);
        }
    }
}
