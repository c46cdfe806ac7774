using System.Text;
using AtlasCloud.Outputs;
using AtlasCloud.Storage;

namespace AtlasCloud.Tests;

public sealed class DiskFaultTests : IDisposable
{
    private static readonly Output s_output = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Index = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(28, "No space is left")]
    [InlineData(unchecked((int)0x80070070), "No space is left")]
    [InlineData(122, "quota")]
    [InlineData(27, "does not support files")]
    public async Task A_disk_that_takes_no_more_is_told_with_the_folder_and_the_need_and_not_tried_again(int code, string expected)
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
    public async Task A_device_that_is_always_full_is_told_so_too()
    {
        // The number that the system really gives, where it has such a device.
        Func<string, Stream> open = File.Exists("/dev/full")
            ? _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, 0)
            : path => new FullDisk(path, 0, new IOException("full", unchecked((int)0x80070070)));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler(StubReply.Of(200, Bytes.Png))).Outputs.SaveAsync(s_output, Target(open), default));

        Assert.Contains("No space is left", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_the_right_to_write_is_told_so_and_not_tried_again()
    {
        StubHandler host = new StubHandler().When("/", StubReply.Of(200, Bytes.Png));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(host).Outputs.SaveAsync(s_output, Target(_ => throw new UnauthorizedAccessException("read-only")), default));

        Assert.Contains("read-only", failed.Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
    }

    [Fact]
    public async Task A_file_where_a_folder_is_needed_is_told_so()
    {
        string file = _folder.Write("file", [1]);
        Output text = new() { Value = "text", Text = "text" };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler()).Outputs.SaveAsync(text, file, "name"));

        Assert.Contains("cannot be written", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_program_has_open_is_not_replaced_on_Windows_and_the_error_says_why()
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
    public async Task Of_many_that_want_one_name_exactly_one_gets_it()
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

    [Fact]
    public void Where_a_file_system_has_no_links_a_name_is_reserved_first()
    {
        Assert.True(AtomicRename.TryCreateEmpty(Path.Combine(_folder.Path, "name")));
        Assert.False(AtomicRename.TryCreateEmpty(Path.Combine(_folder.Path, "name")));
        Assert.False(AtomicRename.TryCreateEmpty(_folder.Path));
    }

    [Fact]
    public void A_link_that_leads_nowhere_keeps_its_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, symbolic links need a right that users lack by default.");
        string file = _folder.Write("new", [1]);
        string link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, Path.Combine(_folder.Path, "missing"));

        Assert.False(AtomicRename.TryMove(file, link, overwrite: false));
        Assert.Equal(["link", "new"], _folder.Names);
    }

    private SaveTarget Target(Func<string, Stream> open) => new(_folder.Path, "name", false) { Open = open };
}
