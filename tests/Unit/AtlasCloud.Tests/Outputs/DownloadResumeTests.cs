using System.Net.Http.Headers;
using System.Security.Cryptography;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>An interrupted download continues where it stopped, if the file has not changed.</summary>
public sealed class DownloadResumeTests : IDisposable
{
    private static readonly byte[] s_file = Picture(40_000, 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Interrupted_download_requests_the_remaining_range()
    {
        StubHandler host = Host(new RangeHost(s_file, 15_000, 10_000));

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Equal([null, "bytes=15000-", "bytes=25000-"], host.Seen.Select(r => r.Header("Range")));
        Assert.Equal([null, "\"one\"", "\"one\""], host.Seen.Select(r => r.Header("If-Range")));
        Assert.Equal(s_file, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(s_file)).ToLowerInvariant(), file.Sha256);
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Fact]
    public async Task Progress_continues_after_an_interruption()
    {
        List<(long Received, long? Total)> reports = [];
        Output output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

        await Some.Client(Host(new RangeHost(s_file, 15_000))).Outputs.SaveAsync(
            output, new SaveTarget(_folder.Path, "name", false, (received, total) => reports.Add((received, total))), default);

        Assert.Equal(reports.Select(r => r.Received).Order(), reports.Select(r => r.Received));
        Assert.All(reports, r => Assert.Equal(s_file.Length, r.Total));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    public async Task Download_restarts_without_a_strong_validator(string? tag)
    {
        StubHandler host = Host(new RangeHost(s_file, 15_000) { Tag = tag });

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host);

        Assert.All(host.Seen, r => Assert.Null(r.Header("Range")));
        Assert.Equal(s_file, await File.ReadAllBytesAsync(file.Path));
    }

    [Theory]
    [InlineData(10, "Wed, 26 Aug 2026 09:00:00 GMT")]
    [InlineData(0, null)]
    public async Task Last_Modified_is_used_as_validator_only_if_it_is_older_than_the_response(int age, string? expected)
    {
        DateTimeOffset changed = new(2026, 8, 26, 9, 0, 0, TimeSpan.Zero);
        StubHandler host = Host(new RangeHost(s_file, 15_000)
        {
            Tag = null,
            Change = (_, response) => (response.Content.Headers.LastModified, response.Headers.Date) = (changed, changed.AddSeconds(age)),
        });

        await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Equal(expected, host.Seen[1].Header("If-Range"));
    }

    [Fact]
    public async Task Range_is_not_requested_if_the_host_does_not_accept_ranges()
    {
        StubHandler host = Host(new RangeHost(s_file, 15_000) { Change = (_, response) => response.Headers.AcceptRanges.Add("none") });

        await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Null(host.Seen[1].Header("Range"));
    }

    [Fact]
    public async Task Download_restarts_if_the_file_has_changed()
    {
        byte[] other = Picture(30_000, 2);
        RangeHost files = null!;
        files = new RangeHost(s_file, 15_000)
        {
            Change = (number, _) =>
            {
                if (number == 1)
                {
                    (files.Content, files.Tag) = (other, "\"two\"");
                }
            },
        };

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, Host(files));

        Assert.Equal(other, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(other)).ToLowerInvariant(), file.Sha256);
    }

    [Theory]
    [InlineData("bytes 0-39999/40000")]
    [InlineData("bytes 15000-39999/40001")]
    [InlineData("lines 15000-39999/40000")]
    [InlineData(null)]
    public async Task Download_restarts_if_the_host_sends_a_different_range(string? range)
    {
        StubHandler host = Host(new RangeHost(s_file, 15_000)
        {
            Change = (number, response) => response.Content.Headers.ContentRange =
                number != 2 ? response.Content.Headers.ContentRange : range is null ? null : ContentRangeHeaderValue.Parse(range),
        });

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Equal([null, "bytes=15000-", null], host.Seen.Select(r => r.Header("Range")));
        Assert.Equal(s_file, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task Download_restarts_if_the_range_has_another_ETag()
    {
        StubHandler host = Host(new RangeHost(s_file, 15_000)
        {
            Change = (number, response) => response.Headers.ETag = number == 2 ? new EntityTagHeaderValue("\"two\"") : response.Headers.ETag,
        });

        await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Null(host.Seen[2].Header("Range"));
    }

    [Fact]
    public async Task Download_interrupted_after_the_last_byte_is_complete()
    {
        StubHandler host = Host(new RangeHost(s_file, s_file.Length));

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host);

        Assert.Equal("bytes=40000-", host.Seen[1].Header("Range"));
        Assert.Equal(s_file, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task Download_fails_if_the_announced_length_is_wrong()
    {
        StubHandler host = Host(new RangeHost(s_file, s_file.Length, s_file.Length, s_file.Length, s_file.Length)
        {
            Change = (number, response) => response.Content.Headers.ContentLength += response.Content.Headers.ContentRange is null ? 7 : 0,
        });

        await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(_folder, host));

        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Download_is_retried_up_to_the_limit_with_growing_delays()
    {
        FakeClock clock = new();
        StubHandler host = Host(new RangeHost(s_file, 1000, 1000, 1000, 1000, 1000, 1000));
        Output output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(host, clock).Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
        Assert.Equal(4, host.Seen.Count);
        Assert.Equal(3, clock.Delays.Count);
        Assert.True(clock.Delays[0] < clock.Delays[2]);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Retry_waits_for_the_time_in_Retry_After()
    {
        FakeClock clock = new();
        StubHandler host = new(StubReply.Of(503, [], null, ("Retry-After", "17")), StubReply.Of(200, Bytes.Png));
        Output output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

        await Some.Client(host, clock).Outputs.SaveAsync(output, _folder.Path, "name");

        Assert.Equal([TimeSpan.FromSeconds(17)], clock.Delays);
    }

    [Fact]
    public async Task Cancellation_between_two_attempts_leaves_no_file()
    {
        using CancellationTokenSource cancellation = new();
        FakeClock clock = new() { SkipsDelays = false };
        StubHandler host = Host(new RangeHost(s_file, 15_000));
        Output output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

        Task saving = Some.Client(host, clock).Outputs.SaveAsync(output, _folder.Path, "name", cancellationToken: cancellation.Token);
        await clock.DelayBegunAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(_folder.Names);
    }

    private static StubHandler Host(RangeHost file) => new StubHandler().When("/", file.Reply);

    private static byte[] Picture(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        Bytes.Png.CopyTo(bytes, 0);
        return bytes;
    }
}
