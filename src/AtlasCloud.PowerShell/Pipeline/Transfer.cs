using System.Globalization;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Sizes in words, for progress.</summary>
internal static class Transfer
{
    internal static string Words(long moved, long? total) => total is long all ? $"{Size(moved)} of {Size(all)}" : Size(moved);

    private static string Size(long bytes) =>
        bytes < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MiB");
}
