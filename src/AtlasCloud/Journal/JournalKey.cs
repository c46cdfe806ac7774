using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.Journal;

/// <summary>The id of an entry as a value of fixed size: a hundred thousand of them are no hundred thousand strings.</summary>
internal readonly record struct JournalKey(ulong A, ulong B, ulong C, ulong D)
{
    private const int Length = 32;

    /// <summary>A new id: 21 digits of time and ten of chance, so that ids sort by their time.</summary>
    internal static string NewId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMddHHmmssfffffff}-{Guid.NewGuid().ToString("N")[..10]}");

    /// <summary>The key of an id; null for what cannot be one.</summary>
    internal static JournalKey? Of(ReadOnlySpan<byte> id)
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

    /// <summary>The id.</summary>
    public override string ToString() =>
        Encoding.ASCII.GetString(MemoryMarshal.AsBytes<ulong>(new[] { A, B, C, D })).TrimEnd('\0');
}
