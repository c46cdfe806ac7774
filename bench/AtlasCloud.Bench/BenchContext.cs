using System.Diagnostics;
using AtlasCloud.Bench.Peers;
using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench;

/// <summary>What all measurements share: the server, the shell, and a folder for the files.</summary>
internal sealed class BenchContext : IDisposable
{
    private static readonly string s_program = typeof(BenchContext).Assembly.Location;
    private readonly Process _server;
    private int _folders;

    private BenchContext(BenchSettings settings, string scratch, Process server, string address)
    {
        (Settings, Scratch, _server, Address) = (settings, scratch, server, address);
        Shell = new ShellProcess(settings.Shell, settings.Module, Path.Join(scratch, "home"), address);
    }

    internal BenchSettings Settings { get; }

    internal BenchSizes Sizes => Settings.Sizes;

    /// <summary>A folder for files, deleted at the end.</summary>
    internal string Scratch { get; }

    /// <summary>The address of the server.</summary>
    internal string Address { get; }

    internal ShellProcess Shell { get; }

    internal string EmptyModule { get; } = Path.Join(AppContext.BaseDirectory, "EmptyModule", "EmptyModule.psd1");

    internal BenchModel Instant { get; } = BenchModel.Picture(0);

    internal BenchModel Endless { get; } = BenchModel.Picture(TimeSpan.FromMinutes(20).TotalMilliseconds);

    internal BenchModel Slow => BenchModel.Picture(Sizes.PictureMilliseconds);

    internal BenchModel Large => BenchModel.Picture(0, Sizes.TransferBytes);

    internal BenchModel Eighth => BenchModel.Picture(0, Sizes.TransferBytes / 8);

    internal static async Task<BenchContext> CreateAsync(BenchSettings settings)
    {
        string scratch = Path.Join(settings.Output, "scratch");
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }

        Directory.CreateDirectory(scratch);
        BenchSizes sizes = settings.Sizes;
        BenchModel[] models =
        [
            BenchModel.Picture(0),
            BenchModel.Picture(TimeSpan.FromMinutes(20).TotalMilliseconds),
            BenchModel.Picture(sizes.PictureMilliseconds),
            BenchModel.Picture(0, sizes.TransferBytes),
            BenchModel.Picture(0, sizes.TransferBytes / 8),
        ];
        Process server = Process.Start(new ProcessStartInfo(DotNetProgram.Path, [s_program, "serve", .. models.Select(m => m.Id)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string address = await server.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The server did not start.");
        return new BenchContext(settings, scratch, server, address);
    }

    /// <summary>Creates an empty folder for one measurement.</summary>
    internal string CreateFolder() => Directory.CreateDirectory(Path.Join(Scratch, $"files-{Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>Measures with a folder, which is deleted afterwards so that the disk does not fill up.</summary>
    internal async Task<Sample> InFolderAsync(Func<string, Task<Sample>> measure)
    {
        string folder = CreateFolder();
        try
        {
            return await measure(folder).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose()
    {
        _server.StandardInput.Close();
        _server.WaitForExit();
        _server.Dispose();
        Directory.Delete(Scratch, recursive: true);
    }
}
