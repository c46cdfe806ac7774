using System.Globalization;

namespace AtlasCloud.Text;

/// <summary>Durations in messages, which are the same in all cultures.</summary>
internal static class DurationText
{
    /// <summary>The duration in seconds with one decimal at most, such as "0.5 s".</summary>
    internal static string InSeconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} s");
}
