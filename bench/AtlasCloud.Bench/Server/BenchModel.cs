using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.Bench.Server;

/// <summary>A model whose name says what its predictions cost in time and bytes: <c>bench/picture-2000ms-4096b/text-to-image</c>.</summary>
/// <param name="ServiceTime">The time until a prediction is completed.</param>
/// <param name="Bytes">The size of the output.</param>
internal sealed partial record BenchModel(TimeSpan ServiceTime, long Bytes)
{
    /// <summary>The size of a picture where the transfer is not what is measured.</summary>
    internal const int SmallPicture = 4096;

    internal string Id => string.Create(CultureInfo.InvariantCulture, $"bench/picture-{ServiceTime.TotalMilliseconds:0}ms-{Bytes}b/text-to-image");

    internal static BenchModel Picture(double milliseconds, long bytes = SmallPicture) => new(TimeSpan.FromMilliseconds(milliseconds), bytes);

    /// <summary>Reads a model's ID; null if it is not one of these.</summary>
    internal static BenchModel? Parse(string id) => Name().Match(id) is { Success: true } match
        ? new BenchModel(
            TimeSpan.FromMilliseconds(double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)),
            long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex("^bench/picture-([0-9]+)ms-([0-9]+)b/text-to-image$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
