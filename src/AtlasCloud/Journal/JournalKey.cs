using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.Journal;

/// <summary>An entry's ID as a value of fixed size, so that an index of a hundred thousand entries allocates no strings.</summary>
internal readonly record struct JournalKey(ulong A, ulong B, ulong C, ulong D)
{
    private const int Length = 32;

    /// <summary>Creates an ID: 21 digits of the time and 10 random digits. IDs sort by time.</summary>
    internal static string NewId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMddHHmmssfffffff}-{Guid.NewGuid().ToString("N")[..10]}");

    /// <summary>Converts an ID; null if it is not valid.</summary>
    internal static JournalKey? Parse(ReadOnlySpan<byte> id)
    {
        Span<byte> padded = stackalloc byte[Length];
        if (id.IsEmpty || id.Length > Length || id.IndexOfAnyExceptInRange((byte)'-', (byte)'z') >= 0 || id.Contains((byte)'\\'))
        {
            return null;
        }

        id.CopyTo(padded);
        ReadOnlySpan<ulong> parts = MemoryMarshal.Cast<byte, ulong>(padded);
        return new JournalKey(parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>Returns the ID.</summary>
    public override string ToString() =>
        Encoding.ASCII.GetString(MemoryMarshal.AsBytes<ulong>(new[] { A, B, C, D })).TrimEnd('\0');
}
