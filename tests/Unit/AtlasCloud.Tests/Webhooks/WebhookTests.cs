using System.Text;
using System.Text.Json;

namespace AtlasCloud.Tests;

public sealed class WebhookTests
{
    private const string Keys = "/api/v1/webhooks/jwks.json";

    public static TheoryData<string> Deliveries => ["video-ok", "image-error", "audio-ok", "video-ok-but-timeout"];

    [Theory]
    [InlineData("video-ok", "Succeeded", ModelKind.Video, 1, null)]
    [InlineData("audio-ok", "Succeeded", ModelKind.Speech, 1, null)]
    [InlineData("image-error", "Failed", ModelKind.Image, 0, "The input was rejected by content moderation")]
    [InlineData("video-ok-but-timeout", "Failed", ModelKind.Video, 0, "task timed out")]
    public async Task Every_signed_sample_verifies_and_says_how_the_task_ended(string name, string state, ModelKind kind, int outputs, string? error)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        StubHandler service = Service();

        Prediction prediction = await Some.Client(service, ClockOf(headers)).Webhooks.VerifyAsync(headers, body);

        using JsonDocument said = JsonDocument.Parse(body);
        Assert.Equal(said.RootElement.GetProperty("session_id").GetString(), prediction.Id);
        Assert.Equal((state, kind, outputs, error), (prediction.State.ToString(), prediction.Kind, prediction.Outputs.Count, prediction.Error));
        SeenRequest asked = Assert.Single(service.Seen);
        Assert.Equal("https://api.atlascloud.ai" + Keys, asked.Address.AbsoluteUri);
        Assert.Null(asked.Header("Authorization"));
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task No_bit_of_the_body_can_be_flipped(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));
        await client.Webhooks.VerifyAsync(headers, body);

        await Parallel.ForAsync(0, body.Length * 8, async (bit, _) =>
        {
            byte[] changed = [.. body];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertRejected(client, headers, changed, "signature");
        });
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task No_bit_of_a_header_that_counts_can_be_flipped(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample(name);
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));
        foreach (string header in new[] { "Timestamp", "Signature-Ed25519", "Key-Id" }.Select(n => "X-AtlasCloud-Webhook-" + n))
        {
            for (int bit = 0; bit < headers[header].Length * 8; bit++)
            {
                char[] value = headers[header].ToCharArray();
                value[bit / 8] ^= (char)(1 << (bit % 8));
                await AssertRejected(client, new Dictionary<string, string>(headers) { [header] = new(value) }, body, "");
            }
        }
    }

    // The service does not sign these; nothing is decided by them, and deliveries are told apart by the id inside the body.
    [Theory]
    [InlineData("Id")]
    [InlineData("Event")]
    [InlineData("Signature")]
    public async Task Headers_that_are_not_signed_decide_nothing(string name)
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
    public async Task A_delivery_is_taken_five_minutes_to_either_side_of_now(int seconds, bool isTaken)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        FakeClock clock = ClockOf(headers);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        StubHandler service = Service();
        AtlasCloudClient client = Some.Client(service, clock);

        if (isTaken)
        {
            Assert.True((await client.Webhooks.VerifyAsync(headers, body)).IsFinished);
        }
        else
        {
            await AssertRejected(client, headers, body, seconds > 0 ? "ago" : "ahead");
            Assert.Empty(service.Seen);
            Assert.True((await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromMinutes(6))).IsFinished);
        }
    }

    [Theory]
    [InlineData("Timestamp")]
    [InlineData("Signature-Ed25519")]
    [InlineData("Key-Id")]
    public async Task A_header_that_is_missing_or_there_twice_is_named(string name)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        string full = "X-AtlasCloud-Webhook-" + name;
        AtlasCloudClient client = Some.Client(Service(), ClockOf(headers));

        await AssertRejected(client, headers.Where(h => h.Key != full), body, full + " is missing");
        await AssertRejected(client, headers.Append(new(full.ToUpperInvariant(), headers[full])), body, "more than once");
    }

    [Fact]
    public async Task The_case_of_header_names_does_not_matter()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");

        Prediction prediction = await Some.Client(Service(), ClockOf(headers)).Webhooks.VerifyAsync(
            headers.Select(h => new KeyValuePair<string, string>(h.Key.ToLowerInvariant(), h.Value)), body);

        Assert.True(prediction.IsFinished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WebhookResource.LargestBody + 1)]
    public async Task A_body_of_no_sensible_length_is_not_looked_at(int length)
    {
        (Dictionary<string, string> headers, _) = Sample("video-ok");
        StubHandler service = Service();

        await AssertRejected(Some.Client(service, ClockOf(headers)), headers, new byte[length], "(body)");

        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Keys_are_read_once_an_hour()
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
    public async Task A_key_that_is_new_is_asked_for_but_not_again_and_again()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = new StubHandler().When(Keys, StubReply.Json(KeysOf("another")), Fixture.Reply("webhook/jwks.json"));
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock);

        for (int i = 0; i < 20; i++)
        {
            await AssertRejected(client, headers, body, "no key 'atlas-webhook-2026-01'");
        }

        Assert.Single(service.Seen);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await client.Webhooks.VerifyAsync(headers, body)).IsFinished);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Known_keys_serve_for_a_day_while_the_service_is_away()
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        StubHandler service = new StubHandler().When(Keys, Fixture.Reply("webhook/jwks.json"), StubReply.Json("{}", 503));
        FakeClock clock = ClockOf(headers);
        AtlasCloudClient client = Some.Client(service, clock, new AtlasCloudOptions { ApiKey = Some.Key, MaximumRetryCount = 0 });
        await client.Webhooks.VerifyAsync(headers, body);

        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(2))).IsFinished);
        clock.Advance(TimeSpan.FromHours(2));
        AtlasCloudException unknown = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body, TimeSpan.FromDays(2)));

        Assert.Equal(AtlasCloudErrorKind.ServiceUnavailable, unknown.Kind);
        Assert.Contains("check it again", unknown.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_key_younger()
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
    public async Task What_is_no_key_for_signatures_is_not_taken_for_one(string keys)
    {
        (Dictionary<string, string> headers, byte[] body) = Sample("video-ok");
        AtlasCloudClient client = Some.Client(new StubHandler().When(Keys, StubReply.Json(keys)), ClockOf(headers));

        AtlasCloudException unread = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, unread.Kind);
    }

    private static async Task AssertRejected(AtlasCloudClient client, IEnumerable<KeyValuePair<string, string>> headers, byte[] body, string says)
    {
        AtlasCloudException rejected = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Webhooks.VerifyAsync(headers, body));
        Assert.Equal(AtlasCloudErrorKind.WebhookRejected, rejected.Kind);
        Assert.Contains(says, rejected.Message, StringComparison.Ordinal);
    }

    private static StubHandler Service() => new StubHandler().When(Keys, Fixture.Reply("webhook/jwks.json"));

    private static string KeysOf(string id) => Encoding.UTF8.GetString(Fixture.Bytes("webhook/jwks.json")).Replace("atlas-webhook-2026-01", id, StringComparison.Ordinal);

    private static (Dictionary<string, string> Headers, byte[] Body) Sample(string name) => (
        JsonSerializer.Deserialize<Dictionary<string, string>>(Fixture.Bytes($"webhook/{name}.headers.json"))!,
        Fixture.Bytes($"webhook/{name}.body.json"));

    private static FakeClock ClockOf(Dictionary<string, string> headers)
    {
        FakeClock clock = new();
        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["X-AtlasCloud-Webhook-Timestamp"], null)) - clock.GetUtcNow());
        return clock;
    }
}
