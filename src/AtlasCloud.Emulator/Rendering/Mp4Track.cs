namespace AtlasCloud.Emulation.Rendering;

/// <summary>The video track of an MP4 file: offsets and durations of its frames.</summary>
internal sealed class Mp4Track
{
    /// <summary>The identity matrix.</summary>
    internal static readonly uint[] Identity = [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000];

    private readonly FrameSize _size;
    private readonly uint _timeScale;
    private readonly byte[] _sequence;
    private readonly byte[] _picture;
    private readonly int[] _frames;

    internal Mp4Track(FrameSize size, uint duration, uint timeScale, byte[] sequence, byte[] picture, int[] frames)
    {
        (_size, Duration, _timeScale) = (size, duration, timeScale);
        (_sequence, _picture, _frames) = (sequence, picture, frames);
    }

    internal uint Duration { get; }

    internal void Write(BoxWriter movie, uint offset) => movie.Box("trak", track =>
    {
        track.FullBox("tkhd", 3, box =>
            box.UInt32s(0, 0, 1, 0, Duration).Zeros(16).UInt32s(Identity).UInt32s((uint)_size.Width << 16, (uint)_size.Height << 16));
        track.Box("mdia", media =>
        {
            // 0x55C4 is the language code "und" (undetermined).
            media.FullBox("mdhd", 0, box => box.UInt32s(0, 0, _timeScale, Duration).UInt16(0x55C4).UInt16(0));
            media.FullBox("hdlr", 0, box => box.UInt32(0).Text("vide").Zeros(12).Text("VideoHandler").Byte(0));
            media.Box("minf", info =>
            {
                info.FullBox("vmhd", 1, box => box.Zeros(8));
                info.Box("dinf", box => box.FullBox("dref", 0, r => r.UInt32(1).FullBox("url ", 1, _ => { })));
                info.Box("stbl", table => WriteTable(table, offset));
            });
        });
    });

    private void WriteTable(BoxWriter table, uint offset)
    {
        uint count = (uint)_frames.Length;
        table.FullBox("stsd", 0, box => box.UInt32(1).Box("avc1", WriteEntry));

        // Each frame lasts one second, the last one for the remaining time.
        uint last = Duration - ((count - 1) * _timeScale);
        table.FullBox("stts", 0, box => _ = last == _timeScale || count == 1
            ? box.UInt32s(1, count, last)
            : box.UInt32s(2, count - 1, _timeScale, 1, last));
        table.FullBox("stss", 0, box => box.UInt32(count).UInt32s([.. Enumerable.Range(1, _frames.Length).Select(i => (uint)i)]));
        table.FullBox("stsc", 0, box => box.UInt32s(1, 1, count, 1));
        table.FullBox("stsz", 0, box => box.UInt32s(0, count).UInt32s([.. _frames.Select(f => (uint)f + 4)]));
        table.FullBox("stco", 0, box => box.UInt32s(1, offset));
    }

    private void WriteEntry(BoxWriter box)
    {
        box.Zeros(6).UInt16(1).Zeros(16).UInt16(_size.Width).UInt16(_size.Height);
        box.UInt32s(0x00480000, 0x00480000, 0).UInt16(1).Zeros(32).UInt16(24).UInt16(0xFFFF);
        box.Box("avcC", c => c
            .Byte(1).Byte(_sequence[1]).Byte(_sequence[2]).Byte(_sequence[3]).Byte(0xFF)
            .Byte(0xE1).UInt16(_sequence.Length).Bytes(_sequence)
            .Byte(1).UInt16(_picture.Length).Bytes(_picture));
    }
}
