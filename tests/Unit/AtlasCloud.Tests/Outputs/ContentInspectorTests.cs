using System.Text;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>What a file can be follows from the prediction; what it is follows from its content.</summary>
public sealed class ContentInspectorTests
{
    private const string Triangle = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";

    public static TheoryData<string> Messages => new(
        "\uFEFF<html><body>502</body></html>",
        "<!-- proxy --><html></html>",
        "<!-- a --> <!-- b -->\n<!DOCTYPE html>",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html/>",
        "<h1>502 Bad Gateway</h1>",
        "<title>Sign in</title>",
        "<p>nope",
        "<script>location='/'</script>",
        "Access denied",
        "denied",
        "403",
        "null",
        "true",
        "[]",
        "{}",
        "[\"error\"]",
        "{\"url\":\"https://a.example/1.png\"}",
        "https://a.example/1.png",
        "--boundary\r\nContent-Type: text/html\r\n\r\n",
        "GIF files are not allowed",
        "RIFF is not a picture",
        "ID3 tags are missing",
        "The wide world",
        "BM is not a bitmap at all, sorry",
        "\u041E\u0442\u043A\u0430\u0437\u0430\u043D\u043E");

    [Theory]
    [MemberData(nameof(Messages))]
    public void Page_or_message_is_not_a_result_of_a_model_that_makes_media(string text)
    {
        foreach (ModelKind kind in (ModelKind[])[ModelKind.Image, ModelKind.Video, ModelKind.Speech, ModelKind.Music, ModelKind.ThreeD])
        {
            foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode])
            {
                foreach (string? label in (string?[])["image/png", "text/plain", "application/octet-stream", null])
                {
                    byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
                    Assert.NotNull(Inspect(content, "https://a.example/a", kind, label).Problem);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Page_or_message_is_not_a_result_behind_a_name_or_a_label_of_media(string text)
    {
        Assert.NotNull(Inspect(Encoding.UTF8.GetBytes(text), "https://a.example/a.png", ModelKind.Unknown, null).Problem);
        Assert.NotNull(Inspect(Encoding.UTF8.GetBytes(text), "https://a.example/a", ModelKind.Unknown, "video/mp4").Problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Zeros_are_not_a_result(int length)
    {
        Assert.NotNull(Inspect(new byte[length], "https://a.example/a", ModelKind.Unknown, "image/png").Problem);
        Assert.NotNull(Inspect(new byte[length], "https://a.example/a.png", ModelKind.Image, null).Problem);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", ModelKind.Image, "a", "image/svg+xml", ".svg")]
    [InlineData("\uFEFF<?xml version='1.0'?><!-- Created with a tool --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'><svg>", ModelKind.Image, "a.svg", null, ".svg")]
    [InlineData("<svg>", ModelKind.Image, "a", "text/plain", ".svg")]
    [InlineData("<svg>", ModelKind.Unknown, "a", null, ".svg")]
    [InlineData(Triangle, ModelKind.ThreeD, "a.obj", null, ".obj")]
    [InlineData("# Blender v2.79\n# www.blender.org\nmtllib a.mtl\no Cube\n" + Triangle, ModelKind.ThreeD, "a", "text/plain", ".obj")]
    [InlineData("# material\nnewmtl a\nKd 1 1 1\n", ModelKind.ThreeD, "a.mtl", null, ".mtl")]
    [InlineData("solid a\n facet normal 0 0 1\n", ModelKind.ThreeD, "a", null, ".stl")]
    [InlineData("ply\nformat ascii 1.0\n", ModelKind.ThreeD, "a", null, ".ply")]
    [InlineData("; FBX 7.3.0 project file\n", ModelKind.ThreeD, "a", null, ".fbx")]
    [InlineData("{\"asset\":{\"version\":\"2.0\"}}", ModelKind.ThreeD, "a.gltf", null, ".gltf")]
    [InlineData("#usda 1.0\n", ModelKind.ThreeD, "a", null, ".usd")]
    [InlineData("Access denied", ModelKind.Transcription, "a", null, ".txt")]
    [InlineData("{\"text\":\"hello\"}", ModelKind.Transcription, "a", null, ".json")]
    [InlineData("[{\"text\":\"hello\"}]", ModelKind.Transcription, "a.json", "application/octet-stream", ".json")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\nhello\n", ModelKind.Transcription, "a.srt", "text/plain", ".srt")]
    [InlineData("WEBVTT\n", ModelKind.Transcription, "a.vtt", "text/plain", ".vtt")]
    [InlineData("la la la", ModelKind.Music, "a.txt", null, ".txt")]
    [InlineData("{\"layers\":[]}", ModelKind.Image, "a.json", null, ".json")]
    public void Text_is_a_result_where_the_prediction_or_the_name_allows_it(string text, ModelKind kind, string name, string? label, string expected)
    {
        ContentVerdict verdict = Inspect(Encoding.UTF8.GetBytes(text), "https://a.example/" + name, kind, label);

        Assert.Equal((null, null, expected), (verdict.Problem, verdict.Expected, verdict.Type.Extension));
    }

    [Theory]
    [InlineData("000000206674797069736F6D", ModelKind.Image, ".mp4", true)]
    [InlineData("89504E470D0A1A0A0000000D49484452", ModelKind.Video, ".png", true)]
    [InlineData("255044462D312E37", ModelKind.Image, ".pdf", true)]
    [InlineData("504B030414000000", ModelKind.Image, ".zip", true)]
    [InlineData("504B030414000000", ModelKind.ThreeD, ".zip", false)]
    [InlineData("89504E470D0A1A0A0000000D49484452", ModelKind.ThreeD, ".png", false)]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", ModelKind.Speech, ".webm", false)]
    [InlineData("524946462400000057454250565038", ModelKind.Image, ".webp", false)]
    [InlineData("0000001C6674797061766966", ModelKind.Image, ".avif", false)]
    [InlineData("0000001C6674797068656963", ModelKind.Image, ".heic", false)]
    [InlineData("474946383961", ModelKind.Image, ".gif", false)]
    [InlineData("0000001466747970717420200000", ModelKind.Video, ".mov", false)]
    [InlineData("0000000C4A584C200D0A870A", ModelKind.Image, ".jxl", false)]
    [InlineData("4B61796461726120464258204269", ModelKind.ThreeD, ".fbx", false)]
    [InlineData("676C5446020000001C000000", ModelKind.ThreeD, ".glb", false)]
    public void Known_type_is_saved_under_its_own_extension_and_reported_if_it_is_of_another_kind(string hex, ModelKind kind, string extension, bool isReported)
    {
        ContentVerdict verdict = Inspect(Bytes.Hex(hex), "https://a.example/a", kind, "application/octet-stream");

        Assert.Equal((null, extension, true), (verdict.Problem, verdict.Type.Extension, verdict.IsRecognized));
        Assert.Equal(isReported, verdict.Expected is not null);
    }

    [Theory]
    [InlineData("a.stl", ".stl")]
    [InlineData("a.splat", ".splat")]
    [InlineData("a.spz", ".spz")]
    public void Mesh_without_a_signature_is_a_result_if_it_is_named(string name, string extension)
    {
        ContentVerdict verdict = Inspect(Bytes.Hex("0102030405"), "https://a.example/" + name, ModelKind.ThreeD, null);

        Assert.Equal((null, extension, true), (verdict.Problem, verdict.Type.Extension, verdict.IsRecognized));
    }

    [Theory]
    [InlineData("audio/L16;rate=24000")]
    [InlineData("audio/pcm")]
    public void Sound_without_a_header_is_a_result_if_it_is_labelled(string label) =>
        Assert.Equal((null, ".pcm"), (Inspect(new byte[100], "https://a.example/a", ModelKind.Speech, label) is var v ? (v.Problem, v.Type.Extension) : default));

    [Theory]
    [InlineData("audio/mp4", ".m4a")]
    [InlineData("application/octet-stream", ".mp4")]
    public void Container_of_sound_alone_is_named_as_the_host_labels_it(string label, string extension) =>
        Assert.Equal(extension, Inspect(Bytes.Hex("000000206674797069736F6D"), "https://a.example/a", ModelKind.Speech, label).Type.Extension);

    [Fact]
    public void Binary_content_of_an_unknown_type_is_kept_but_does_not_count()
    {
        ContentVerdict verdict = Inspect(Bytes.Hex("0102030405"), "https://a.example/a.png", ModelKind.Image, "image/png");

        Assert.Equal((null, ".bin", false, "an image"), (verdict.Problem, verdict.Type.Extension, verdict.IsRecognized, verdict.Expected));
    }

    private static ContentVerdict Inspect(byte[] content, string address, ModelKind kind, string? label)
    {
        Uri uri = new(address);
        return ContentInspector.Inspect(content, ExpectedContent.For(new Output { Value = address, Uri = uri, Source = kind }, uri, label));
    }
}
