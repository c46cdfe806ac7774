using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class DownloadTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Output_needs_no_key_and_has_length_and_type()
    {
        string address = await OutputAsync();

        using HttpResponseMessage reply = await _api.DownloadAsync(address);
        byte[] bytes = await reply.Content.ReadAsByteArrayAsync();

        Assert.Equal("image/png", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, reply.Content.Headers.ContentLength);
        Assert.NotNull(reply.Headers.ETag);
        Assert.Equal("bytes", reply.Headers.AcceptRanges.Single());
    }

    [Fact]
    public async Task Download_with_a_key_or_referer_is_rejected()
    {
        string address = await OutputAsync();

        using HttpResponseMessage withKey = await _api.GetAsync(address);
        using HttpResponseMessage withReferer = await _api.DownloadAsync(address, h => h.Referrer = new Uri("https://example.com/"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (withKey.StatusCode, withReferer.StatusCode));
        Assert.True(_api.Emulator.Ledger[^1].HasReferer);
    }

    [Theory]
    [InlineData(10L, 19L, 206, 10)]
    [InlineData(100L, null, 206, -100)]
    [InlineData(null, 7L, 206, 7)]
    [InlineData(99_999_999L, null, 416, 0)]
    public async Task Range_request_returns_the_requested_bytes(long? from, long? to, int status, int length)
    {
        string address = await OutputAsync();
        byte[] whole = await (await _api.DownloadAsync(address)).Content.ReadAsByteArrayAsync();

        using HttpResponseMessage reply = await _api.DownloadAsync(address, h => h.Range = new RangeHeaderValue(from, to));
        byte[] part = await reply.Content.ReadAsByteArrayAsync();

        Assert.Equal(status, (int)reply.StatusCode);
        int expected = length < 0 ? whole.Length + length : length;
        Assert.Equal(expected, part.Length);
        Assert.Equal(whole.Length, reply.Content.Headers.ContentRange!.Length);
        int start = from is null ? whole.Length - expected : (int)Math.Min(from.Value, whole.Length);
        Assert.Equal(whole[start..(start + expected)], part);
    }

    [Fact]
    public async Task Download_with_a_matching_etag_returns_304()
    {
        string address = await OutputAsync();
        using HttpResponseMessage first = await _api.DownloadAsync(address);

        using HttpResponseMessage second = await _api.DownloadAsync(address, h => h.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task HEAD_returns_the_length_without_a_body()
    {
        string address = await OutputAsync();

        using HttpResponseMessage reply = await _api.SendAsync(HttpMethod.Head, address, withKey: false);

        Assert.True(reply.Content.Headers.ContentLength > 0);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Outputs_expire_after_two_weeks()
    {
        string address = await OutputAsync();
        _api.Clock.Advance(TimeSpan.FromDays(15).TotalSeconds);

        using HttpResponseMessage reply = await _api.DownloadAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Expired_address_returns_403_and_the_prediction_returns_a_fresh_one(bool withoutExtension)
    {
        FakeClock clock = new();
        using Api api = new(new EmulatorOptions { Clock = clock, OutputAddressLifetime = TimeSpan.FromHours(1), OutputsWithoutExtension = withoutExtension });
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());
        string address = (string)done["outputs"]![0]!;
        using HttpResponseMessage early = await api.DownloadAsync(address);

        clock.Advance(3601);
        using HttpResponseMessage late = await api.DownloadAsync(address);
        using HttpResponseMessage fresh = await api.DownloadAsync((string)(await api.PollAsync((string)done["id"]!))["outputs"]![0]!);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK), (early.StatusCode, late.StatusCode, fresh.StatusCode));
        Assert.Contains("expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_header_is_recorded_in_the_ledger()
    {
        string address = await OutputAsync();

        using HttpResponseMessage reply = await _api.DownloadAsync(address, h => h.Range = new RangeHeaderValue(10, 19));

        Assert.Equal("bytes=10-19", _api.Emulator.Ledger[^1].Range);
    }

    [Fact]
    public async Task Output_addresses_can_have_no_extension()
    {
        using Api api = new(new EmulatorOptions { TimeScale = 0, OutputsWithoutExtension = true });
        JsonObject done = await api.PollAsync(await api.SubmitImageAsync());

        Uri address = new((string)done["outputs"]![0]!);
        using HttpResponseMessage reply = await api.DownloadAsync(address.ToString());

        Assert.Equal("", Path.GetExtension(address.AbsolutePath));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task Each_task_returns_different_bytes()
    {
        using HttpResponseMessage first = await _api.DownloadAsync(await OutputAsync());
        using HttpResponseMessage second = await _api.DownloadAsync(await OutputAsync());

        Assert.NotEqual(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    private async Task<string> OutputAsync() => (string)(await _api.FinishAsync(Api.Image, Some.ImageBody()))["outputs"]![0]!;
}
