namespace AtlasCloud.Emulation.Rendering;

/// <summary>Renders small playable MP4 files with one frame per second.</summary>
internal static class Mp4Renderer
{
    private const uint TimeScale = 1000;

    internal static byte[] Render(FrameSize size, decimal seconds, string id, string prompt)
    {
        H264Encoder encoder = new(size);
        uint duration = (uint)(seconds * TimeScale);
        int count = Math.Max(1, (int)decimal.Ceiling(seconds));
        Random random = SeededRandom.Create(prompt + id);
        int u = random.Next(60, 196);
        int v = random.Next(60, 196);
        List<byte[]> frames = [];
        for (int i = 0; i < count; i++)
        {
            int shift = i * 12;
            frames.Add(encoder.EncodeFrame(i, (x, y) => (
                (byte)(32 + ((x + y + shift) % 160)), (byte)Math.Clamp(u + (x / 8), 16, 240), (byte)Math.Clamp(v - (y / 8), 16, 240))));
        }

        // The offset of the frames depends on the length of the head, which does not depend on the offset.
        Mp4Track track = new(size, duration, TimeScale, encoder.SequenceParameters(), H264Encoder.PictureParameters(), [.. frames.Select(f => f.Length)]);
        uint offset = (uint)WriteHead(track, id, 0).Length + 8;
        BoxWriter file = new();
        file.Bytes(WriteHead(track, id, offset)).Box("mdat", box => frames.ForEach(frame => box.UInt32((uint)frame.Length).Bytes(frame)));
        return file.ToArray();
    }

    private static byte[] WriteHead(Mp4Track track, string id, uint offset)
    {
        BoxWriter head = new();
        head.Box("ftyp", box => box.Text("isom").UInt32(512).Text("isomiso2avc1mp41"));

        // The ID in the free box makes the files of one prompt differ.
        head.Box("free", box => box.Text("AtlasCloud emulator " + id));
        head.Box("moov", box =>
        {
            box.FullBox("mvhd", 0, b => WriteMovieHeader(b, track));
            track.Write(box, offset);
        });
        return head.ToArray();
    }

    private static void WriteMovieHeader(BoxWriter box, Mp4Track track)
    {
        box.UInt32s(0, 0, TimeScale, track.Duration, 0x00010000).UInt16(0x0100).Zeros(10);
        box.UInt32s(Mp4Track.Identity).Zeros(24).UInt32(2);
    }
}
