using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class AssetTests : IDisposable
{
    private const string Assets = "/api/v1/sd/assets";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Registered_asset_becomes_active_and_keeps_its_reference()
    {
        JsonObject created = await RegisterAsync();
        Assert.Equal(("Processing", ""), ((string)created["status"]!, (string)created["ark_asset_id"]!));

        _api.Clock.Advance(3);
        JsonObject active = (await _api.ReadAsync($"{Assets}/{created["id"]}"))["data"]!.AsObject();

        Assert.Equal("Active", (string)active["status"]!);
        Assert.StartsWith("atlas-", (string)active["atlas_asset_id"]!, StringComparison.Ordinal);
        Assert.Equal((string)created["atlas_asset_id"]!, (string)active["atlas_asset_id"]!);
    }

    [Theory]
    [InlineData("""{"type":"Document","url":"https://a.example/1.pdf"}""")]
    [InlineData("""{"type":"image","url":"https://a.example/1.png"}""")]
    [InlineData("""{"url":"https://a.example/1.png"}""")]
    [InlineData("""{"type":"Image","url":"data:image/png;base64,iVBORw0KGgo="}""")]
    [InlineData("""{"type":"Image","url":"iVBORw0KGgo="}""")]
    [InlineData("""{"type":"Image","url":"http://a.example/1.png"}""")]
    [InlineData("""{"type":"Image"}""")]
    public async Task Registration_with_another_type_or_without_an_https_URL_is_refused(string body)
    {
        using HttpResponseMessage reply = await _api.PostAsync(Assets, body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Empty((await ListAsync()).AsArray());
    }

    [Fact]
    public async Task Deleted_asset_is_missing_until_it_is_restored()
    {
        string id = (string)(await RegisterAsync())["id"]!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Delete, $"{Assets}/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Delete, $"{Assets}/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, $"{Assets}/{id}"));
        Assert.Empty((await ListAsync()).AsArray());

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Post, $"{Assets}/{id}/restore"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Post, $"{Assets}/{id}/restore"));
        Assert.Single((await ListAsync()).AsArray());
    }

    [Fact]
    public async Task Renamed_asset_is_listed_with_its_name()
    {
        string id = (string)(await RegisterAsync())["id"]!;
        using StringContent body = new("""{"name":"walk"}""", System.Text.Encoding.UTF8, "application/json");

        using HttpResponseMessage reply = await _api.SendAsync(HttpMethod.Put, $"{Assets}/{id}", body);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("walk", (string)(await ListAsync())[0]!["name"]!);
    }

    [Fact]
    public async Task Uploaded_image_outside_the_limits_fails_after_the_check()
    {
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000001000000010806000000")), "file", "a.png" } };
        using HttpResponseMessage upload = await _api.SendAsync(HttpMethod.Post, "/api/v1/model/uploadMedia", form);
        string address = (string)JsonNode.Parse(await upload.Content.ReadAsStringAsync())!["data"]!["download_url"]!;

        string id = (string)(await RegisterAsync($$"""{"type":"Image","url":"{{address}}"}"""))["id"]!;
        _api.Clock.Advance(3);
        JsonNode asset = (await _api.ReadAsync($"{Assets}/{id}"))["data"]!;

        Assert.Equal("Failed", (string)asset["status"]!);
        Assert.Contains("1x1", (string)asset["error_message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_needs_the_key_and_charges_nothing()
    {
        using HttpResponseMessage reply = await _api.GetAsync(Assets, withKey: false);
        await RegisterAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Empty(_api.Emulator.Charges);
        Assert.Equal(["GET", "POST"], _api.Emulator.Ledger.Select(e => e.Method));
    }

    private Task<JsonObject> RegisterAsync(string body = """{"type":"Video","url":"https://a.example/walk.mp4"}""") => _api.SubmitAsync(Assets, body);

    private async Task<JsonNode> ListAsync() => (await _api.ReadAsync(Assets))["data"]!["items"]!;

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
    {
        using HttpResponseMessage reply = await _api.SendAsync(method, path);
        return reply.StatusCode;
    }
}
