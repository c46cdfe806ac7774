using System.Globalization;

namespace AtlasCloud.Emulation.Media;

/// <summary>The requested range of a file. A length of 0 means that the range is not satisfiable.</summary>
internal readonly record struct ByteRange(long From, long Length)
{
    /// <summary>Parses a Range header with a single range; null if the header must be ignored.</summary>
    internal static ByteRange? Parse(string header, long length)
    {
        const string Unit = "bytes=";
        string[] ends = header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) ? header[Unit.Length..].Trim().Split('-') : [];
        if (ends.Length != 2)
        {
            return null;
        }

        long? first = ParseNumber(ends[0]);
        long? last = ParseNumber(ends[1]);
        if (first is null)
        {
            // "-n" requests the last n bytes.
            return last is null || ends[0].Length > 0 ? null : new ByteRange(Math.Max(0, length - last.Value), Math.Min(last.Value, length));
        }

        if (first >= length)
        {
            return new ByteRange(0, 0);
        }

        long end = Math.Min(last ?? (length - 1), length - 1);
        return end < first ? null : new ByteRange(first.Value, end - first.Value + 1);
    }

    private static long? ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
