using System.Text;
using SixLabors.ImageSharp;

namespace AtlasCloud.Pictures;

/// <summary>Encodes for the graphics protocol of Kitty: PNG data in chunks.</summary>
internal static class KittyEncoder
{
    // The maximum that the protocol allows.
    private const int ChunkLength = 4096;

    internal static string Encode(Image image)
    {
        string data = PngData.Create(image);
        StringBuilder text = new(data.Length + (data.Length / ChunkLength * 16) + 64);
        for (int start = 0; start < data.Length; start += ChunkLength)
        {
            // q=2: no response, which would become input of the shell.
            string control = start == 0 ? "a=T,f=100,q=2," : "";
            int more = start + ChunkLength < data.Length ? 1 : 0;
            text.Append("\u001b_G").Append(control).Append("m=").Append(more).Append(';').Append(data, start, Math.Min(ChunkLength, data.Length - start)).Append("\u001b\\");
        }

        return text.Append('\n').ToString();
    }
}
