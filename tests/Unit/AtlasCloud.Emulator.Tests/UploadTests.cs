using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class UploadTests : IDisposable
{
    private const string Upload = "/api/v1/model/uploadMedia";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_000)]
    [InlineData(3_000_001)]
    public async Task Uploaded_file_is_downloaded_unchanged(int length)
    {
        byte[] bytes = Bytes(length);
        JsonNode data = (await UploadAsync(bytes, "clip.mov"))["data"]!;
        using HttpResponseMessage reply = await _api.DownloadAsync((string)data["download_url"]!);

        Assert.Equal(bytes, await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal(("clip.mov", length), ((string)data["filename"]!, (int)data["size"]!));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(), _api.Emulator.Ledger[0].FileSha256);
        Assert.Equal(length, _api.Emulator.Ledger[0].FileLength);
    }

    [Fact]
    public async Task Content_that_resembles_the_boundary_is_kept()
    {
        byte[] bytes = [.. "x\r\n--frontier\r\n--fr"u8, .. "\r\n--frontieR--\r\n"u8, 13, 10];
        using MultipartFormDataContent form = new("frontier2");
        form.Add(new ByteArrayContent(bytes), "file", "a.bin");

        JsonNode data = (await SendAsync(form))["data"]!;
        using HttpResponseMessage reply = await _api.DownloadAsync((string)data["download_url"]!);

        Assert.Equal(bytes, await reply.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("photo.png", HttpStatusCode.BadRequest)]
    [InlineData("photo.avif", HttpStatusCode.OK)]
    public async Task Image_with_the_extension_of_another_format_is_refused_at_the_submit(string name, HttpStatusCode expected)
    {
        byte[] avif = [0, 0, 0, 0x20, .. "ftypavif"u8, 0, 0, 0, 0];
        JsonNode upload = (await UploadAsync(avif, name))["data"]!;

        using HttpResponseMessage reply = await _api.PostAsync(Api.Image, $$"""{"model":"google/nano-banana-2/edit","prompt":"x","images":["{{upload["download_url"]}}"]}""");

        Assert.Equal("image", (string)upload["type"]!);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Theory]
    [InlineData("paper.pdf", "document")]
    [InlineData("notes.md", "document")]
    [InlineData("speech.opus", "audio")]
    public async Task Upload_has_the_class_of_its_extension(string name, string expected) =>
        Assert.Equal(expected, (string)(await UploadAsync([1, 2, 3], name))["data"]!["type"]!);

    [Fact]
    public async Task Content_type_is_detected_from_the_bytes()
    {
        JsonNode data = (await UploadAsync([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], "no-extension"))["data"]!;
        using HttpResponseMessage reply = await _api.DownloadAsync((string)data["download_url"]!);

        Assert.Equal("image", (string)data["type"]!);
        Assert.Equal("image/png", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Unicode_file_name_is_returned()
    {
        Assert.Equal("Überfahrt 雨.png", (string)(await UploadAsync([1], "Überfahrt 雨.png"))["data"]!["filename"]!);
    }

    [Fact]
    public async Task Range_of_an_upload_can_be_downloaded()
    {
        byte[] bytes = Bytes(100_000);
        string address = (string)(await UploadAsync(bytes, "a.bin"))["data"]!["download_url"]!;

        using HttpResponseMessage reply = await _api.DownloadAsync(address, h => h.Range = new(500, 999));

        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal(bytes[500..1000], await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Form_without_a_file_is_rejected()
    {
        using MultipartFormDataContent form = new() { { new StringContent("x"), "note" } };

        using HttpResponseMessage reply = await _api.SendAsync(HttpMethod.Post, Upload, form);
        using HttpResponseMessage noForm = await _api.PostAsync(Upload, "{}");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (reply.StatusCode, noForm.StatusCode));
    }

    [Theory]
    [InlineData("upload/mcp.json", "data.download_url")]
    [InlineData("upload/docs.json", "data.download_url")]
    [InlineData("upload/bare-url.json", "url")]
    [InlineData("upload/data-url.json", "data.url")]
    [InlineData("upload/data-file_url.json", "data.file_url")]
    [InlineData("upload/data-string.json", "data")]
    public async Task Every_upload_variant_contains_the_real_address(string variant, string memberPath)
    {
        using Api api = Api.With($$"""{"rules":[{"path":"{{Upload}}","variant":"{{variant}}"}]}""");
        using MultipartFormDataContent form = new() { { new ByteArrayContent([7]), "file", "a.bin" } };
        using HttpResponseMessage reply = await api.SendAsync(HttpMethod.Post, Upload, form);

        JsonNode? found = JsonNode.Parse(await reply.Content.ReadAsStringAsync());
        foreach (string name in memberPath.Split('.'))
        {
            found = found![name];
        }

        Assert.Equal([7], await (await api.DownloadAsync((string)found!)).Content.ReadAsByteArrayAsync());
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private async Task<JsonNode> UploadAsync(byte[] bytes, string name)
    {
        using MultipartFormDataContent form = new() { { new ByteArrayContent(bytes), "file", name } };
        return await SendAsync(form);
    }

    private async Task<JsonNode> SendAsync(HttpContent form)
    {
        using HttpResponseMessage reply = await _api.SendAsync(HttpMethod.Post, Upload, form);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }
}
