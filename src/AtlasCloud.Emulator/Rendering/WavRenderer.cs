using System.Text;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Renders WAV files with a soft tone. The prompt determines the pitch; the ID makes the bytes unique.</summary>
internal static class WavRenderer
{
    private const int SampleRate = 16_000;

    internal static byte[] Render(decimal seconds, string id, string prompt)
    {
        int samples = (int)(seconds * SampleRate);
        byte[] comment = Encoding.ASCII.GetBytes(("AtlasCloud emulator " + id).PadRight(64, '\0'));
        using MemoryStream wav = new(samples * 2 + 256);
        using BinaryWriter writer = new(wav);
        writer.Write("RIFF"u8);
        writer.Write(4 + 24 + (8 + 4 + 8 + comment.Length) + 8 + (samples * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(SampleRate);
        writer.Write(SampleRate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("LIST"u8);
        writer.Write(4 + 8 + comment.Length);
        writer.Write("INFOICMT"u8);
        writer.Write(comment.Length);
        writer.Write(comment);
        writer.Write("data"u8);
        writer.Write(samples * 2);
        double step = 2 * Math.PI * SeededRandom.Create(prompt).Next(220, 660) / SampleRate;
        for (int i = 0; i < samples; i++)
        {
            // Fades in and out to avoid clicks.
            double volume = Math.Min(1.0, Math.Min(i, samples - i) / 800.0) * 0.3;
            writer.Write((short)(Math.Sin(i * step) * volume * short.MaxValue));
        }

        writer.Flush();
        return wav.ToArray();
    }
}
