using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Rendering;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(",\"size\":\"640*360\"", 640, 360)]
    [InlineData(",\"size\":\"320x200\"", 320, 200)]
    [InlineData(",\"size\":\"9000*4500\"", 4096, 2048)]
    [InlineData("", 1024, 1024)]
    public async Task Image_has_the_requested_size(string more, int width, int height)
    {
        byte[] png = await _api.FirstOutputAsync(await _api.FinishAsync(Api.Image, Some.ImageBody(more)));

        (int Width, int Height) found = ReadPng(png);
        Assert.Equal((width, height), found);
    }

    [Fact]
    public async Task Aspect_ratio_and_resolution_determine_the_image_size()
    {
        JsonObject done = await _api.FinishAsync(
            Api.Image, """{"model":"google/nano-banana-2/text-to-image","prompt":"x","aspect_ratio":"16:9","resolution":"2k"}""");

        Assert.Equal((2048, 1152), ReadPng(await _api.FirstOutputAsync(done)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public async Task Video_has_one_frame_per_second(int seconds)
    {
        JsonObject done = await _api.FinishAsync(
            Api.Video, $$"""{"model":"bytedance/seedance-v1.5-pro/text-to-video","prompt":"x","duration":{{seconds}}}""");
        byte[] mp4 = await _api.FirstOutputAsync(done);

        Assert.Equal(seconds, (decimal)done["duration"]!);
        Assert.Equal(["ftyp", "free", "moov", "mdat"], Boxes(mp4).Select(b => b.Type));
        (string _, int start, int end) = Boxes(mp4).Single(b => b.Type == "moov");
        (string _, int header, int _) = Boxes(mp4[start..end]).First();
        Assert.Equal(seconds * 1000, BinaryPrimitives.ReadInt32BigEndian(mp4.AsSpan(start + header + 16)));

        // The chunk offset table points to the first frame, which is a key frame.
        int table = mp4.AsSpan().IndexOf("stco"u8);
        int first = BinaryPrimitives.ReadInt32BigEndian(mp4.AsSpan(table + 12));
        Assert.Equal(Boxes(mp4).Single(b => b.Type == "mdat").Start, first);
        Assert.Equal(0x65, mp4[first + 4]);
    }

    [Fact]
    public async Task Speech_is_a_WAV_file_with_the_correct_length()
    {
        JsonObject done = await _api.FinishAsync(Api.Audio, Some.SpeechBody("A sentence of some length, to be read aloud."));
        byte[] wav = await _api.FirstOutputAsync(done);

        Assert.True(wav.AsSpan().StartsWith("RIFF"u8) && wav.AsSpan(8).StartsWith("WAVE"u8));
        Assert.Equal(wav.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)));
        int data = wav.AsSpan().IndexOf("data"u8);
        Assert.Equal(wav.Length - data - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(data + 4)));
        Assert.Equal((decimal)done["duration"]! * 32_000, wav.Length - data - 8);
    }

    [Fact]
    public async Task Model_3D_returns_files()
    {
        JsonObject done = await _api.FinishAsync(Api.Image, """{"model":"tripo-h3.1/text-to-3d","prompt":"a cube"}""");

        Assert.Equal(["glb", "zip"], done["files"]!.AsArray().Select(f => (string)f!["type"]!));
        byte[] glb = await (await _api.DownloadAsync((string)done["files"]![0]!["url"]!)).Content.ReadAsByteArrayAsync();
        Assert.True(glb.AsSpan().StartsWith("glTF"u8));
        Assert.Equal((2, glb.Length), (BinaryPrimitives.ReadInt32LittleEndian(glb.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(glb.AsSpan(8))));
        int json = BinaryPrimitives.ReadInt32LittleEndian(glb.AsSpan(12));
        JsonNode scene = JsonNode.Parse(glb.AsSpan(20, json))!;
        Assert.Equal(glb.Length - 28 - json, (int)scene["buffers"]![0]!["byteLength"]!);
    }

    [Fact]
    public async Task Zip_output_contains_model_and_texture()
    {
        JsonObject done = await _api.FinishAsync(
            Api.Image, """{"model":"bytedance/seed3d-v2.0/image-to-3d","image":"https://example.com/a.png"}""");
        using MemoryStream zip = new(await _api.FirstOutputAsync(done));
        using ZipArchive archive = new(zip);

        Assert.Equal(["model.glb", "texture.png"], archive.Entries.Select(e => e.FullName));
        Assert.NotNull(done["thumbnail"]);
    }

    [Fact]
    public async Task Transcript_and_lyrics_are_text_outputs()
    {
        JsonObject transcript = await _api.FinishAsync(
            Api.Audio, """{"model":"bytedance/seed-asr-2.0","audio_url":"https://example.com/talk.wav"}""");
        JsonObject lyrics = await _api.FinishAsync(Api.Audio, """{"model":"minimax/lyrics-generation","prompt":"rain"}""");

        Assert.Equal((string)transcript["stt_result"]!["text"]!, (string)transcript["outputs"]![0]!);
        Assert.Contains("talk.wav", (string)transcript["outputs"]![0]!, StringComparison.Ordinal);
        Assert.NotEmpty(transcript["stt_result"]!["words"]!.AsArray());
        Assert.Equal((string)lyrics["lyrics_result"]!["lyrics"]!, (string)lyrics["outputs"]![0]!);
    }

    [Fact]
    public async Task Suno_returns_two_songs_with_a_cover()
    {
        JsonObject done = await _api.FinishAsync(Api.Audio, """{"model":"suno/chirp-v5","prompt":"a song"}""");

        Assert.Equal(2, done["outputs"]!.AsArray().Count);
        Assert.Equal("image/png", (await _api.DownloadAsync((string)done["thumbnail"]!)).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Last_frame_is_returned_on_request()
    {
        JsonObject done = await _api.FinishAsync(
            Api.Video, """{"model":"bytedance/seedance-2.0/text-to-video","prompt":"x","resolution":"480p","return_last_frame":true}""");

        Assert.EndsWith(".png", (string)done["outputs"]![1]!, StringComparison.Ordinal);
        Assert.Equal(50638, (int)done["completion_tokens"]!);
    }

    private static (int Width, int Height) ReadPng(byte[] png)
    {
        Assert.True(png.AsSpan().StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));
        (int width, int height) = (0, 0);
        using MemoryStream packed = new();
        string type = "";
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            ReadOnlySpan<byte> chunk = png.AsSpan(at + 4, length + 4);
            type = Encoding.ASCII.GetString(chunk[..4]);
            Assert.Equal(Crc32.Compute(chunk), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[4..]), BinaryPrimitives.ReadInt32BigEndian(chunk[8..]));
            }
            else if (type == "IDAT")
            {
                packed.Write(chunk[4..]);
            }

            at += length + 12;
        }

        Assert.Equal("IEND", type);
        packed.Position = 0;
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        using MemoryStream pixels = new();
        zlib.CopyTo(pixels);
        Assert.Equal((width + 1L) * height, pixels.Length);
        return (width, height);
    }

    private static List<(string Type, int Start, int End)> Boxes(byte[] file)
    {
        List<(string, int, int)> boxes = [];
        for (int at = 0; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            boxes.Add((Encoding.ASCII.GetString(file, at + 4, 4), at + 8, at + length));
            at += length;
        }

        return boxes;
    }
}
