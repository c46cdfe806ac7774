using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Webhooks;

namespace AtlasCloud.Emulation.Tests;

public sealed class WebhookTests
{
    private const string Prefix = "X-AtlasCloud-Webhook-";

    private static readonly byte[] s_seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    // RFC 8032, section 7.1, TEST 2.
    [Fact]
    public void Signature_matches_the_RFC_8032_test_vector()
    {
        Ed25519Signer signer = new(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

        Assert.Equal("3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", Convert.ToHexString(signer.PublicKey));
        Assert.Equal(
            "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00",
            Convert.ToHexString(signer.Sign([0x72])));
    }

    [Fact]
    public async Task Published_key_matches_the_signing_key()
    {
        using Api api = new(Instant());
        JsonObject keys = await api.ReadAsync("/api/v1/webhooks/jwks.json");

        Assert.Equal((string)keys["keys"]![0]!["x"]!, Base64Url(new Ed25519Signer(s_seed).PublicKey));
    }

    [Fact]
    public async Task Key_can_be_published_without_an_ID()
    {
        using Api api = new(Instant("""{"rules":[{"path":"*/webhooks/jwks.json","reply":{"sample":"webhook/jwks-no-kid.json"}}]}"""));

        JsonNode key = (await api.ReadAsync("/api/v1/webhooks/jwks.json"))["keys"]![0]!;

        Assert.Null(key["kid"]);
        Assert.Equal((string)key["x"]!, Base64Url(new Ed25519Signer(s_seed).PublicKey));
    }

    [Theory]
    [InlineData("video-ok")]
    [InlineData("image-error")]
    public void Signature_matches_the_recorded_samples(string name)
    {
        JsonNode headers = Data.EmbeddedData.ReadJson($"webhook/{name}.headers.json");
        byte[] message = [.. System.Text.Encoding.ASCII.GetBytes((string)headers[Prefix + "Timestamp"]! + "."), .. Data.EmbeddedData.Read($"webhook/{name}.body.json")];

        Assert.Equal((string)headers[Prefix + "Signature-Ed25519"]!, Base64Url(new Ed25519Signer(s_seed).Sign(message)));
    }

    [Fact]
    public async Task Finished_task_is_delivered_once_with_its_prediction()
    {
        using Receiver receiver = new();
        using Api api = new(Instant());
        string id = await api.SubmitImageAsync(Hook(receiver));

        (WebHeaderCollection headers, byte[] body) = receiver.Take();

        JsonNode report = JsonNode.Parse(body)!;
        Assert.Equal((id, "image.task.terminal", "OK", ""), ((string)report["session_id"]!, (string)report["event_type"]!, (string)report["status"]!, (string)report["error"]!));
        Assert.Equal((id, "completed"), ((string)report["payload"]!["id"]!, (string)report["payload"]!["status"]!));
        Assert.Equal(("image.task.terminal", "atlas-webhook-2026-01"), (headers[Prefix + "Event"], headers[Prefix + "Key-Id"]));
        AssertSigned(s_seed, headers, body);
        Assert.Equal(1, await CountDeliveriesAsync(api));
        Assert.Equal(200, api.Emulator.Deliveries[0].Status);
        Assert.Equal(0, receiver.Pending);
    }

    [Fact]
    public async Task Failed_task_is_delivered_as_an_error()
    {
        using Receiver receiver = new();
        using Api api = new(Instant("""{"rules":[{"task":{"end":"failed","error":"out of memory"}}]}"""));
        await api.SubmitImageAsync(Hook(receiver));

        JsonNode report = JsonNode.Parse(receiver.Take().Body)!;

        Assert.Equal(("ERROR", "out of memory", "failed"), ((string)report["status"]!, (string)report["error"]!, (string)report["payload"]!["status"]!));
    }

    [Fact]
    public async Task Rejected_delivery_is_attempted_three_times()
    {
        using Receiver receiver = new(500, 503, 500);
        using Api api = new(Instant());
        await api.SubmitImageAsync(Hook(receiver));

        Assert.Equal(3, await CountDeliveriesAsync(api));

        Assert.Equal([(1, 500), (2, 503), (3, 500)], api.Emulator.Deliveries.Select(d => (d.Attempt, d.Status)));
        Assert.Equal(3, receiver.Pending);
    }

    [Fact]
    public async Task Delivery_can_be_repeated()
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With("twice")));
        await api.SubmitImageAsync(Hook(receiver));

        (WebHeaderCollection first, byte[] body) = receiver.Take();
        (WebHeaderCollection second, byte[] again) = receiver.Take();

        Assert.Equal(first[Prefix + "Id"], second[Prefix + "Id"]);
        Assert.Equal(body, again);
    }

    [Theory]
    [InlineData("wrong-signature", "atlas-webhook-2026-01")]
    [InlineData("unknown-key", "atlas-webhook-unknown")]
    public async Task Delivery_can_be_signed_with_another_key(string mode, string keyId)
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With(mode)));
        await api.SubmitImageAsync(Hook(receiver));

        (WebHeaderCollection headers, byte[] body) = receiver.Take();

        Assert.Equal(keyId, headers[Prefix + "Key-Id"]);
        AssertSigned([.. Enumerable.Range(1, 32).Select(i => (byte)i)], headers, body);
    }

    [Fact]
    public async Task Delivery_can_have_its_signature_in_the_bare_header()
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With("bare-header")));
        await api.SubmitImageAsync(Hook(receiver));

        (WebHeaderCollection headers, byte[] body) = receiver.Take();

        Assert.Null(headers[Prefix + "Signature-Ed25519"]);
        headers[Prefix + "Signature-Ed25519"] = headers[Prefix + "Signature"];
        AssertSigned(s_seed, headers, body);
    }

    [Fact]
    public async Task Delivery_can_have_only_the_older_signature()
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With("hmac-only")));
        await api.SubmitImageAsync(Hook(receiver));

        WebHeaderCollection headers = receiver.Take().Headers;

        Assert.Null(headers[Prefix + "Signature-Ed25519"]);
        Assert.Matches("^[0-9a-f]{64}$", headers[Prefix + "Signature"]);
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://192.168.1.7/hook")]
    [InlineData("https://100.64.0.1/hook")]
    [InlineData("https://169.254.169.254/hook")]
    [InlineData("https://build-server/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("ftp://example.com/hook")]
    [InlineData("long")]
    public async Task Submit_with_an_address_that_the_service_refuses_creates_no_task(string address)
    {
        using Api api = new(Instant() with { AcceptLoopbackWebhooks = false });
        string given = address == "long" ? "https://example.com/" + new string('a', 1005) : address;

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody($",\"webhook_url\":\"{given}\""));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("webhook_url must be a public https URL", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(api.Emulator.Charges);
    }

    [Fact]
    public async Task Delivery_can_have_a_stale_timestamp()
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With("stale")));
        await api.SubmitImageAsync(Hook(receiver));

        long time = long.Parse(receiver.Take().Headers[Prefix + "Timestamp"]!, null);

        Assert.Equal(api.Emulator.Options.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds(), time);
    }

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://192.0.2.1/hook")]
    public async Task Address_on_another_machine_is_never_called(string address)
    {
        using Api api = new(Instant());
        await api.SubmitImageAsync($",\"webhook_url\":{JsonSerializer.Serialize(address)}");

        Assert.Equal(1, await CountDeliveriesAsync(api));

        Assert.Equal((0, 0), (api.Emulator.Deliveries[0].Attempt, api.Emulator.Deliveries[0].Status));
    }

    [Theory]
    [InlineData("never")]
    [InlineData(null)]
    public async Task Unfinished_or_suppressed_task_is_not_delivered(string? mode)
    {
        using Receiver receiver = new();
        using Api api = new(Instant(mode is null ? """{"rules":[{"task":{"end":"stuck"}}]}""" : With(mode)));
        await api.SubmitImageAsync(Hook(receiver));

        api.Emulator.Stop();

        Assert.Empty(api.Emulator.Deliveries);
        Assert.Equal(0, receiver.Pending);
    }

    private static EmulatorOptions Instant(string? scenario = null) => new()
    {
        Clock = new FakeClock(),
        TimeScale = 0,
        Scenario = scenario is null ? null : EmulatorScenario.Parse(scenario),
    };

    private static string With(string mode) => $$$"""{"rules":[{"task":{"webhook":"{{{mode}}}"}}]}""";

    private static string Hook(Receiver receiver) => $",\"webhook_url\":\"{receiver.Address}\"";

    private static async Task<int> CountDeliveriesAsync(Api api)
    {
        await api.Emulator.DeliveriesEnded.WaitAsync(Api.Hang);
        return api.Emulator.Deliveries.Count;
    }

    // Ed25519 signatures are deterministic.
    private static void AssertSigned(byte[] seed, WebHeaderCollection headers, byte[] body)
    {
        byte[] message = [.. System.Text.Encoding.ASCII.GetBytes(headers[Prefix + "Timestamp"] + "."), .. body];
        Assert.Equal(Base64Url(new Ed25519Signer(seed).Sign(message)), headers[Prefix + "Signature-Ed25519"]);
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
