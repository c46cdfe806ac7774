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

    // RFC 8032, 7.1: TEST 2.
    [Fact]
    public void The_signer_follows_the_standard()
    {
        Ed25519Signer signer = new(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

        Assert.Equal("3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", Convert.ToHexString(signer.PublicKey));
        Assert.Equal(
            "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00",
            Convert.ToHexString(signer.Sign([0x72])));
    }

    [Fact]
    public async Task The_published_key_is_the_one_that_signs()
    {
        using Api api = new(Instant());
        JsonObject keys = await api.ReadAsync("/api/v1/webhooks/jwks.json");

        Assert.Equal((string)keys["keys"]![0]!["x"]!, Text(new Ed25519Signer(s_seed).PublicKey));
    }

    [Theory]
    [InlineData("video-ok")]
    [InlineData("image-error")]
    public void The_signer_writes_the_recorded_signatures(string name)
    {
        JsonNode headers = Data.EmbeddedData.ReadJson($"webhook/{name}.headers.json");
        byte[] message = [.. System.Text.Encoding.ASCII.GetBytes((string)headers[Prefix + "Timestamp"]! + "."), .. Data.EmbeddedData.Read($"webhook/{name}.body.json")];

        Assert.Equal((string)headers[Prefix + "Signature-Ed25519"]!, Text(new Ed25519Signer(s_seed).Sign(message)));
    }

    [Fact]
    public async Task The_end_of_a_task_is_delivered_once_with_its_prediction()
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
        Assert.Equal(1, await TriesAsync(api, 1));
        Assert.Equal(200, api.Emulator.Deliveries[0].Status);
        Assert.Equal(0, receiver.Left);
    }

    [Fact]
    public async Task A_failed_task_is_delivered_as_an_error()
    {
        using Receiver receiver = new();
        using Api api = new(Instant("""{"rules":[{"task":{"end":"failed","error":"out of memory"}}]}"""));
        await api.SubmitImageAsync(Hook(receiver));

        JsonNode report = JsonNode.Parse(receiver.Take().Body)!;

        Assert.Equal(("ERROR", "out of memory", "failed"), ((string)report["status"]!, (string)report["error"]!, (string)report["payload"]!["status"]!));
    }

    [Fact]
    public async Task A_delivery_that_is_not_taken_is_tried_three_times()
    {
        using Receiver receiver = new(500, 503, 500);
        using Api api = new(Instant());
        await api.SubmitImageAsync(Hook(receiver));

        Assert.Equal(3, await TriesAsync(api, 3));

        Assert.Equal([(1, 500), (2, 503), (3, 500)], api.Emulator.Deliveries.Select(d => (d.Attempt, d.Status)));
        Assert.Equal(3, receiver.Left);
    }

    [Fact]
    public async Task A_delivery_can_come_twice()
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
    public async Task A_delivery_can_be_signed_by_a_stranger(string word, string keyId)
    {
        using Receiver receiver = new();
        using Api api = new(Instant(With(word)));
        await api.SubmitImageAsync(Hook(receiver));

        (WebHeaderCollection headers, byte[] body) = receiver.Take();

        Assert.Equal(keyId, headers[Prefix + "Key-Id"]);
        AssertSigned([.. Enumerable.Range(1, 32).Select(i => (byte)i)], headers, body);
    }

    [Fact]
    public async Task A_delivery_can_be_an_hour_old()
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
    public async Task No_other_machine_is_ever_called(string address)
    {
        using Api api = new(Instant());
        await api.SubmitImageAsync($",\"webhook_url\":{JsonSerializer.Serialize(address)}");

        Assert.Equal(1, await TriesAsync(api, 1));

        Assert.Equal((0, 0), (api.Emulator.Deliveries[0].Attempt, api.Emulator.Deliveries[0].Status));
    }

    [Theory]
    [InlineData("never")]
    [InlineData(null)]
    public async Task A_task_that_nobody_asks_about_or_that_never_ends_is_not_delivered(string? word)
    {
        using Receiver receiver = new();
        using Api api = new(Instant(word is null ? """{"rules":[{"task":{"end":"stuck"}}]}""" : With(word)));
        await api.SubmitImageAsync(Hook(receiver));

        api.Emulator.Stop();

        Assert.Empty(api.Emulator.Deliveries);
        Assert.Equal(0, receiver.Left);
    }

    private static EmulatorOptions Instant(string? scenario = null) => new()
    {
        Clock = new FakeClock(),
        TimeScale = 0,
        Scenario = scenario is null ? null : EmulatorScenario.Parse(scenario),
    };

    private static string With(string word) => $$$"""{"rules":[{"task":{"webhook":"{{{word}}}"}}]}""";

    private static string Hook(Receiver receiver) => $",\"webhook_url\":\"{receiver.Address}\"";

    private static async Task<int> TriesAsync(Api api, int expected)
    {
        for (int i = 0; i < 1000 && api.Emulator.Deliveries.Count < expected; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return api.Emulator.Deliveries.Count;
    }

    // Signing the same again gives the same: the standard leaves nothing to chance.
    private static void AssertSigned(byte[] seed, WebHeaderCollection headers, byte[] body)
    {
        byte[] message = [.. System.Text.Encoding.ASCII.GetBytes(headers[Prefix + "Timestamp"] + "."), .. body];
        Assert.Equal(Text(new Ed25519Signer(seed).Sign(message)), headers[Prefix + "Signature-Ed25519"]);
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
