using System.Text;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

public sealed class DiskErrorsTests : IDisposable
{
    private static readonly Output s_output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(28, "No space is left")]
    [InlineData(unchecked((int)0x80070070), "No space is left")]
    [InlineData(122, "quota")]
    [InlineData(27, "does not support files")]
    public async Task Full_disk_is_reported_with_folder_and_size_and_not_retried(int code, string expected)
    {
        StubHandler host = new StubHandler().When("/", StubReply.Of(200, Bytes.LargePng(2_500_000)));
        SaveTarget target = Target(path => new FullDisk(path, 1_000_000, new IOException("refused", code)));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(host).Outputs.SaveAsync(s_output, target, default));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
        Assert.Contains(expected, failed.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, failed.Message, StringComparison.Ordinal);
        Assert.Contains("2.5 MB", failed.Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Full_device_of_the_operating_system_is_reported_as_full()
    {
        // Uses the operating system's own error code if the device exists.
        Func<string, Stream> open = File.Exists("/dev/full")
            ? _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, 0)
            : path => new FullDisk(path, 0, new IOException("full", unchecked((int)0x80070070)));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler(StubReply.Of(200, Bytes.Png))).Outputs.SaveAsync(s_output, Target(open), default));

        Assert.Contains("No space is left", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_write_permission_is_reported_and_not_retried()
    {
        StubHandler host = new StubHandler().When("/", StubReply.Of(200, Bytes.Png));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(host).Outputs.SaveAsync(s_output, Target(_ => throw new UnauthorizedAccessException("read-only")), default));

        Assert.Contains("read-only", failed.Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
    }

    [Fact]
    public async Task File_in_place_of_the_folder_is_reported()
    {
        string file = _folder.Write("file", [1]);
        Output text = new() { Value = "text", Text = "text" };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler()).Outputs.SaveAsync(text, file, "name"));

        Assert.Contains("Cannot write to", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_file_is_not_replaced_on_Windows_and_the_error_names_the_cause()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only Windows refuses to replace an open file.");
        using FileStream held = new(_folder.Write("name.txt", [1]), FileMode.Open, FileAccess.Read, FileShare.Read);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            OutputResource.WriteTextAsync("text", ".txt", new SaveTarget(_folder.Path, "name", true), default));

        Assert.Contains("name.txt' cannot be replaced", failed.Message, StringComparison.Ordinal);
        Assert.Equal(AtlasCloudErrorReason.TargetNotReplaceable, failed.Reason);
        Assert.Equal(["name.txt"], _folder.Names);
    }

    [Fact]
    public async Task Exactly_one_of_several_concurrent_writers_gets_the_name()
    {
        for (int round = 0; round < 20; round++)
        {
            SaveTarget target = new(_folder.Path, $"same{round}", false);
            Task<(int Writer, Exception? Fault)>[] saves = [.. Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
                (i, (Exception?)await Record.ExceptionAsync(() => OutputResource.WriteTextAsync($"writer {i}", ".txt", target, default)))))];

            (int Writer, Exception? Fault)[] ended = await Task.WhenAll(saves);

            (int winner, _) = Assert.Single(ended, e => e.Fault is null);
            Assert.All(ended.Where(e => e.Fault is not null), e => Assert.Equal(AtlasCloudErrorKind.FileExists, ((AtlasCloudException)e.Fault!).Kind));
            Assert.Equal($"writer {winner}", await File.ReadAllTextAsync(Path.Combine(_folder.Path, $"same{round}.txt"), Encoding.UTF8));
        }

        Assert.Equal(20, _folder.Names.Count);
    }

    private SaveTarget Target(Func<string, Stream> open) => new(_folder.Path, "name", false) { Open = open };
}
