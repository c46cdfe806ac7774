using System.Globalization;
using AtlasCloud.Bench.Peers;

namespace AtlasCloud.Bench.Measurements;

/// <summary>Many pictures from submit to file, compared with a hand-written client and the loop of the documentation.</summary>
internal static class Pictures
{
    private const string Fifty = "AtlasCloud, 50 at once";
    private const string All = "AtlasCloud, 200 at once";
    private const string Tenfold = "AtlasCloud, ten times as many";
    private const string Handwritten = "hand-written client";
    private const string Loop = "documented loop";

    internal static Comparison Create(BenchContext context)
    {
        BenchSizes sizes = context.Sizes;
        double scale = (double)sizes.Pictures / sizes.LoopPictures;
        return new(
            "pictures",
            [
                new(Fifty, () => MakeAsync(context, sizes.Pictures, 50)),
                new(All, () => MakeAsync(context, sizes.Pictures, 200)),
                new(Handwritten, () => context.InFolderAsync(f => ConcurrentClient.MeasureAsync(context.Address, context.Slow.Id, sizes.Pictures, 50, f))),
                new(Tenfold, () => MakeAsync(context, sizes.Pictures * 10, 50), MaxRounds: 3),
                new(Loop, () => context.InFolderAsync(f => context.Shell.MeasureAsync(
                    "Loop.ps1", "-BaseUri", context.Address, "-Model", context.Slow.Id, "-Count", Text(sizes.LoopPictures), "-Destination", f)), MaxRounds: 3),
            ],
            [
                new("200 pictures of 2 s, `-ThrottleLimit 50`", "≤ 1.25 × the 2 s", 1.25, "0.00 ×", m => m.Time(Fifty) / sizes.PictureMilliseconds),
                new("200 pictures of 2 s, `-ThrottleLimit 200`", "≤ 1.25 × the 2 s", 1.25, "0.00 ×", m => m.Time(All) / sizes.PictureMilliseconds),
                new("200 pictures, compared with a hand-written concurrent client in C#", "", null, "0.00 ×", m => m.Ratio(Fifty, Handwritten)),
                new("200 pictures, compared with the documented loop", "≥ 50 × as fast", 50, "0 ×", m => m.Time(Loop) * scale / m.Time(Fifty), IsLeast: true),
                new("2,000 pictures, compared with 200", "≤ 10 × the time", 10, "0.0 ×", m => m.Ratio(Tenfold, Fifty)),
            ]);
    }

    private static Task<Sample> MakeAsync(BenchContext context, int count, int throttleLimit) => context.InFolderAsync(folder => context.Shell.MeasureAsync(
        "Pictures.ps1",
        "-Module", context.Shell.Module,
        "-SmallModel", context.Instant.Id,
        "-Model", context.Slow.Id,
        "-Count", Text(count),
        "-ThrottleLimit", Text(throttleLimit),
        "-Destination", folder));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
