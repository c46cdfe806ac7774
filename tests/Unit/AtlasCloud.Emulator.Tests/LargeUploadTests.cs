using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

/// <summary>Not parallel, because it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(LargeUploadTests), DisableParallelization = true)]
[Collection(nameof(LargeUploadTests))]
public sealed class LargeUploadTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Large_upload_needs_constant_memory()
    {
        const long Length = 300L * 1024 * 1024;
        using MultipartFormDataContent form = new() { { new StreamContent(new EndlessStream(Length), 1 << 16), "file", "large.mp4" } };
        long before = GC.GetTotalMemory(forceFullCollection: true);

        using HttpResponseMessage uploaded = await _api.SendAsync(HttpMethod.Post, "/api/v1/model/uploadMedia", form);
        JsonNode data = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync())!["data"]!;

        Assert.Equal(Length, (long)data["size"]!);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32L * 1024 * 1024);
        using HttpResponseMessage reply = await _api.DownloadAsync((string)data["download_url"]!);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }
}
