using System.Globalization;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Formats transferred bytes for progress records.</summary>
internal static class TransferSize
{
    internal static string Format(long transferred, long? total) => total is long all ? $"{Format(transferred)} of {Format(all)}" : Format(transferred);

    private static string Format(long bytes) =>
        bytes < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MiB");
}
