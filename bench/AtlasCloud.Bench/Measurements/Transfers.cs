using System.Globalization;
using AtlasCloud.Bench.Peers;
using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench.Measurements;

/// <summary>Uploads and downloads, compared with curl.</summary>
internal static class Transfers
{
    private const string Ours = "AtlasCloud";
    private const string Peer = "curl";
    private const string Verified = "curl, sync and sha256sum";
    private const string Eight = "eight at once";

    internal static Comparison Upload(BenchContext context)
    {
        string small = Path.Join(context.Scratch, "small.png");
        Picture.Write(small, 64 * 1024);
        string large = Path.Join(context.Scratch, "large.png");
        Picture.Write(large, context.Sizes.TransferBytes);
        return new(
            "upload",
            [
                new(Ours, () => context.Shell.MeasureAsync("Upload.ps1", "-Module", context.Shell.Module, "-SmallFile", small, "-File", large)),
                new(Peer, () => Curl.UploadAsync(context.Address, large)),
            ],
            [
                new("Upload of 1 GiB, with digest", "≤ 1.15 × curl", 1.15, "0.00 ×", m => m.Ratio(Ours, Peer)),
                new("Upload of 1 GiB: memory growth", "≤ 16 MiB", 16, "0 MiB", m => m.Of(Ours, s => s.Growth)),
            ]);
    }

    internal static Comparison Download(BenchContext context) => new(
        "download",
        [
            new(Ours, () => SaveAsync(context, context.Large, 1)),
            new(Peer, () => context.InFolderAsync(f => Curl.DownloadAsync(FileAddress(context), Path.Join(f, "curl.png")))),
            new(Verified, () => context.InFolderAsync(f => Curl.DownloadVerifiedAsync(FileAddress(context), Path.Join(f, "curl.png")))),
        ],
        [
            new("Download of 1 GiB, with digest and flush", "≤ 1.15 × curl", 1.15, "0.00 ×", m => m.Ratio(Ours, Peer)),
            new("The same, and curl flushes and computes the digest too", "", null, "0.00 ×", m => m.Ratio(Ours, Verified)),
            new("Download of 1 GiB: memory growth", "≤ 16 MiB", 16, "0 MiB", m => m.Of(Ours, s => s.Growth)),
        ]);

    internal static Comparison DownloadMany(BenchContext context) => new(
        "download-8",
        [new(Ours, () => SaveAsync(context, context.Large, 1)), new(Eight, () => SaveAsync(context, context.Eighth, 8))],
        [new("Eight downloads at once, the same bytes in total", "≥ 0.9 × the throughput of one", 0.9, "0.00 ×", m => m.Ratio(Ours, Eight), IsLeast: true)]);

    private static string FileAddress(BenchContext context) => string.Create(CultureInfo.InvariantCulture, $"{context.Address}/files/curl/{context.Sizes.TransferBytes}.png");

    private static Task<Sample> SaveAsync(BenchContext context, BenchModel model, int count) => context.InFolderAsync(folder => context.Shell.MeasureAsync(
        "Download.ps1", "-Module", context.Shell.Module, "-SmallModel", context.Instant.Id, "-Model", model.Id, "-Count", count.ToString(CultureInfo.InvariantCulture), "-Destination", folder));
}
