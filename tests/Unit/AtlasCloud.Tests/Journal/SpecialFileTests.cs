using System.Diagnostics;
using System.Net.Sockets;
using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Journals;

/// <summary>A journal that is not an ordinary file would lose every line, or wait forever.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Named_pipe_is_refused_as_a_journal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        string path = Path.Join(_folder.Path, "pipe");
        using Process process = Process.Start("mkfifo", path);
        await process.WaitForExitAsync();

        await AssertRefusedAsync(path);
        File.CreateSymbolicLink(path + ".link", path);
        await AssertRefusedAsync(path + ".link");
    }

    [Fact]
    public async Task Device_is_refused_as_a_journal() => await AssertRefusedAsync(OperatingSystem.IsWindows() ? @"\\.\NUL" : "/dev/null");

    [Fact]
    public async Task Socket_is_refused_as_a_journal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no sockets among its files.");
        string path = Path.Join(Path.GetTempPath(), $"s{Guid.NewGuid():N}"[..12]);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            await AssertRefusedAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Empty_and_missing_files_are_ordinary()
    {
        string path = Path.Join(_folder.Path, "journal.jsonl");
        Assert.Equal(path, SpecialFile.ResolveOrdinary(path));
        File.WriteAllText(path, "");
        Assert.Equal(path, SpecialFile.ResolveOrdinary(path));
    }

    private static async Task AssertRefusedAsync(string path)
    {
        List<string> warnings = [];
        using IDisposable listening = new AtlasCloudLog((_, message) => warnings.Add(message)).Listen();
        using AtlasCloudClient client = new(new AtlasCloudOptions { ApiKey = Some.Key, JournalPath = path }, new StubHandler(), new FakeClock());

        Assert.Contains("named pipe, a device or a socket", Assert.Single(warnings), StringComparison.Ordinal);
        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(async () => await client.Journal.ListPendingAsync().GetAsyncEnumerator().MoveNextAsync())
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(AtlasCloudErrorReason.NoJournal, refused.Reason);
    }
}
