using System.Text;
using System.Text.Json;

namespace AtlasCloud.Tests;

public sealed class WebhookResourceTests
{
    private const string Keys = "/api/v1/webhooks/jwks.json";

    public static TheoryData<string> Deliveries => ["video-ok", "image-error", "audio-ok", "video-ok-but-timeout"];

    [Theory]
    [InlineData("video-ok", "Succeeded", ModelKind.Video, 1, null)]
    [InlineData("audio-ok", "Succeeded", ModelKind.Speech, 1, null)]
    [InlineData("image-error", "Failed", ModelKind.Image, 0, "The input was rejected by content moderation")]
    [InlineData("video-ok-but-timeout", "Failed", ModelKind.Video, 0, "task timed out")]
    public async Task VerifyAsync_returns_the_prediction_of_every_signed_sample(string name, string state, ModelKind kind, int outputs, string? error)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        StubHandler service = Service();

        Prediction prediction = await Some.Client(service, ClockOf(headers)).Webhooks.VerifyAsync(headers, body);

        using JsonDocument delivery = JsonDocument.Parse(body);
        Assert.Equal(delivery.RootElement.GetProperty("session_id").GetString(), prediction.Id);
        Assert.Equal((state, kind, outputs, error), (prediction.State.ToString(), prediction.Kind, prediction.Outputs.Count, prediction.Error));
        SeenRequest request = Assert.Single(service.Seen);
        Assert.Equal("https://api.atlascloud.ai" + Keys, request.Address.AbsoluteUri);
        Assert.Null(request.Header("Authorization"));
    }

    [Fact]
    public async Task VerifyAsync_masks_the_API_key_in_the_prediction()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("image-error");
        AtlasCloudOptions options = new() { ApiKey = "google/nano-banana-2" };

        Prediction prediction = await Some.Client(Service(), ClockOf(headers), options).Webhooks.VerifyAsync(headers, body);

        Assert.Equal("***/text-to-image", prediction.Model);
    }

    [Theory]
    [InlineData("jwks.json")]
    [InlineData("jwks-no-kid.json")]
    public async Task VerifyAsync_accepts_the_signature_in_the_bare_header_and_a_key_without_an_id(string keys)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok-bare-header");
        AtlasCloudClient client = Some.Client(new StubHandler().When(Keys, StubReply.Of(200, Fixture.Bytes("webhook/" + keys), "application/json")), ClockOf(headers));

        Assert.Equal("9d41f7c2083e4b6aa5e1c07fd2864b93", (await client.Webhooks.VerifyAsync(headers, body)).Id);
        headers["X-AtlasCloud-Webhook-Signature"] += "==";
        Assert.Equal(PredictionState.Succeeded, (await client.Webhooks.VerifyAsync(headers, body)).State);

        body[^2] ^= 1;
        await AssertRejected(client, headers, body, "the signature check");
    }

    [Fact]
    public async Task VerifyAsync_rejects_a_delivery_that_has_only_an_hmac()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("image-ok-bare-hmac");
        StubHandler service = Service();

        await AssertRejected(Some.Client(service, ClockOf(headers)), headers, body, "contains no Ed25519 signature");
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task VerifyAsync_ignores_the_bare_header_if_the_suffixed_one_is_present(string suffixed)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok-bare-header");
        headers["X-AtlasCloud-Webhook-Signature-Ed25519"] = suffixed;

        await AssertRejected(Some.Client(Service(), ClockOf(headers)), headers, body, "");
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task VerifyAsync_rejects_any_flipped_bit_of_the_body(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));
        await client.Webhooks.VerifyAsync(headers, body);

        await Parallel.ForEachAsync(TestForm.Sample(body.Length * 8, 150), async (bit, _) =>
        {
            byte[] changed = [.. body];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertRejected(client, headers, changed, "the signature check");
        });
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task VerifyAsync_rejects_any_flipped_bit_of_a_signed_header(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));
        foreach (string header in new[] { "Timestamp", "Signature-Ed25519", "Key-Id" }.Select(n => "X-AtlasCloud-Webhook-" + n))
        {
            foreach (int bit in TestForm.Sample(headers[header].Length * 8, 50))
            {
                char[] value = headers[header].ToCharArray();
                value[bit / 8] ^= (char)(1 << (bit % 8));
                await AssertRejected(client, new Dictionary<string, string>(headers) { [header] = new(value) }, body, "");
            }
        }
    }

    // The service does not sign these headers. Deliveries are identified by the ID in the body.
    [Theory]
    [InlineData("Id")]
    [InlineData("Event")]
    [InlineData("Signature")]
    public async Task VerifyAsync_ignores_unsigned_headers(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        headers["X-AtlasCloud-Webhook-" + name] = "image.task.terminal";

        Prediction prediction = await Some.Client(Service(), ClockOf(headers)).Webhooks.VerifyAsync(headers, body);

        Assert.Equal(ModelKind.Video, prediction.Kind);
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task VerifyAsync_accepts_a_difference_of_five_minutes(int seconds, bool isAccepted)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        FakeClock clock = ClockOf(headers);
        clock.SetWall(TimeSpan.FromSeconds(seconds));
        StubHandler service = Service();
        AtlasCloudClient client = Some.Client(service, clock);

        if (isAccepted)
        {
            Assert.True((await client.Webhooks.VerifyAsync(headers, body)).IsFinished);
        }
        else
        {
            await AssertRejected(client, headers, body, seconds > 0 ? "in the past" : "in the future");
            Assert.Empty(service.Seen);
            Assert.True((await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromMinutes(6))).IsFinished);
        }
    }

    [Theory]
    [InlineData("Timestamp")]
    [InlineData("Signature-Ed25519")]
    [InlineData("Key-Id")]
    public async Task VerifyAsync_names_a_missing_or_duplicate_header(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        string full = "X-AtlasCloud-Webhook-" + name;
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));

        await AssertRejected(client, headers.Where(h => h.Key != full), body, full + " is missing");
        await AssertRejected(client, headers.Append(new(full.ToUpperInvariant(), headers[full])), body, "more than once");
    }

    [Fact]
    public async Task VerifyAsync_does_not_accept_the_header_names_of_an_older_client()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = Service();
        IEnumerable<KeyValuePair<string, string>> older = headers.Select(h => new KeyValuePair<string, string>(h.Key.Replace("-Webhook-", "-", StringComparison.Ordinal), h.Value));

        await AssertRejected(Some.Client(service, ClockOf(headers)), older, body, "is missing");
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("Timestamp", "1795163402000", "not a time in Unix seconds")]
    [InlineData("Timestamp", "-1", "not a time in Unix seconds")]
    [InlineData("Timestamp", "1795163402\n", "not printable ASCII")]
    [InlineData("Key-Id", "cl\u00e9", "not printable ASCII")]
    [InlineData("Key-Id", "long", "too long")]
    public async Task VerifyAsync_rejects_a_header_beyond_its_limits_without_a_request(string name, string value, string expected)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = Service();
        AtlasCloudClient client = Some.Client(service, ClockOf(headers));
        headers["X-AtlasCloud-Webhook-" + name] = value == "long" ? new string('k', 513) : value;

        await AssertRejected(client, headers, body, expected);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task VerifyAsync_ignores_the_case_of_header_names()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");

        Prediction prediction = await Some.Client(Service(), ClockOf(headers)).Webhooks.VerifyAsync(
            headers.Select(h => new KeyValuePair<string, string>(h.Key.ToLowerInvariant(), h.Value)), body);

        Assert.True(prediction.IsFinished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WebhookResource.MaxBodyBytes + 1)]
    public async Task VerifyAsync_rejects_an_empty_or_huge_body_without_a_request(int length)
    {
        (Dictionary<string, string> headers, _) = Sample("video-ok");
        StubHandler service = Service();

        await AssertRejected(Some.Client(service, ClockOf(headers)), headers, new byte[length], "the body check");

        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task VerifyAsync_requests_the_keys_once_per_hour()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = Service();
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock);

        for (int minute = 0; minute < 61; minute++)
        {
            await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(2));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task VerifyAsync_requests_an_unknown_key_once_per_minute()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = new StubHandler().When(Keys, StubReply.Json(KeysOf("another")), Fixture.Reply("webhook/jwks.json"));
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock);

        for (int i = 0; i < 20; i++)
        {
            await AssertRejected(client, headers, body, "no webhook signing key with the ID 'atlas-webhook-2026-01'");
        }

        Assert.Single(service.Seen);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await client.Webhooks.VerifyAsync(headers, body)).IsFinished);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task VerifyAsync_uses_cached_keys_for_a_day_when_the_service_is_unavailable()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = new StubHandler().When(Keys, Fixture.Reply("webhook/jwks.json"), StubReply.Json("{}", 503));
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock, new AtlasCloudOptions { ApiKey = Some.Key, MaximumRetryCount = 0 });
        await client.Webhooks.VerifyAsync(headers, body);

        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(2))).IsFinished);
        clock.Advance(TimeSpan.FromHours(2));
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(2)));

        Assert.Equal(AtlasCloudErrorKind.ServiceUnavailable, error.Kind);
        Assert.Equal(AtlasCloudErrorReason.WebhookKeysUnavailable, error.Reason);
    }

    [Fact]
    public async Task VerifyAsync_requests_the_keys_again_when_the_clock_is_set_back()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = Service();
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock);
        await client.Webhooks.VerifyAsync(headers, body);

        clock.SetWall(TimeSpan.FromDays(-30));
        await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(31));

        Assert.Equal(2, service.SeenAt(Keys).Count);
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"X25519","kid":"atlas-webhook-2026-01","x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"atlas-webhook-2026-01","x":"A6EH"}]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","use":"enc","kid":"atlas-webhook-2026-01","x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}]}""")]
    [InlineData("[]")]
    public async Task VerifyAsync_throws_UnexpectedReply_when_the_response_contains_no_signing_key(string keys)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        AtlasCloudClient client = Some.Client(new StubHandler().When(Keys, StubReply.Json(keys)), ClockOf(headers));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    private static async Task AssertRejected(AtlasCloudClient client, IEnumerable<KeyValuePair<string, string>> headers, byte[] body, string message)
    {
        AtlasCloudException rejected = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body));
        Assert.Equal(AtlasCloudErrorKind.WebhookRejected, rejected.Kind);
        Assert.Contains(message, rejected.Message, StringComparison.Ordinal);
    }

    private static StubHandler Service() => new StubHandler().When(Keys, Fixture.Reply("webhook/jwks.json"));

    private static string KeysOf(string id) => Encoding.UTF8.GetString(Fixture.Bytes("webhook/jwks.json")).Replace("atlas-webhook-2026-01", id, StringComparison.Ordinal);

    private static (Dictionary<string, string> Headers, byte[] Body) Sample(string name) => (
        JsonSerializer.Deserialize<Dictionary<string, string>>(Fixture.Bytes($"webhook/{name}.headers.json"))!,
        Fixture.Bytes($"webhook/{name}.body.json"));

    private static FakeClock ClockOf(Dictionary<string, string> headers)
    {
        FakeClock clock = new();
        clock.SetWall(DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["X-AtlasCloud-Webhook-Timestamp"], null)) - clock.GetUtcNow());
        return clock;
    }
}
