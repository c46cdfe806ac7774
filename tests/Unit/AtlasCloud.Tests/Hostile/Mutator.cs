using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AtlasCloud.Tests.Hostile;

/// <summary>Mutates a response. The same response, mutation and seed give the same bytes.</summary>
internal static class Mutator
{
    private const int Deep = 10_000;

    private static readonly string[] s_numbers =
    [
        "-1", "0", "-0", "-0.0", "1e400", "-1e400", "1e-400", "NaN", "Infinity", "0.1e", "00", "1.5", "2147483648", "4294968335", "9223372036854775807",
        "-9223372036854775808", "18446744073709551616", "79228162514264337593543950335", "1e28", "1E+99999999999", "-99999999999", "253402300800",
        new string('9', 400), "0." + new string('3', 400), "\"1e400\"", "\"-1\"", "\"" + new string('9', 400) + "\"", "\"١٢\"",
    ];

    private static readonly string[] s_values =
        ["null", "true", "false", "7", "-1", "\"\"", "\"text\"", "\" \"", "[]", "{}", "[null]", "[[1]]", "{\"\":1}", "\"\\ud800\"", "{\"\\udc00\":1}", "[{\"url\":7}]", "\"data:image/png;base64,====\"", "\"https://[::1\""];

    private static readonly string[] s_controls =
        ["\0", "\u001b[31m", "\u001b]0;title\a", "\a", "\b\b\b", "\u009b31m", "\u0085", "\u202e", "\u2066", "\ufeff", "\u2028", "\u007f", "\r\u001b[2K"];

    /// <summary>Returns the mutated response.</summary>
    internal static byte[] Apply(byte[] reply, Mutation mutation, Random random)
    {
        switch (mutation)
        {
            case Mutation.None:
                return reply;
            case Mutation.Empty:
                return random.Next(3) == 0 ? "\n"u8.ToArray() : [];
            case Mutation.Html:
                return Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>502 \u001b[31m&#27;[2J Bad gateway</title></head><body>" + new string('x', random.Next(4000)) + "</body></html>");
            case Mutation.Gzip:
                return Zipped(reply);
            case Mutation.TrailingGarbage:
                return [.. reply, .. Noise(random, 1 + random.Next(64))];
            case Mutation.SecondDocument:
                return random.Next(2) == 0 ? [.. reply, .. reply] : [.. reply, .. "\n{\"code\":500,\"msg\":\"second\"}"u8];
            case Mutation.BitFlipped or Mutation.ByteReplaced or Mutation.Cut or Mutation.CutInsideCharacter or Mutation.SliceDuplicated or Mutation.SlicesSwapped or Mutation.ControlInserted:
                return ApplyToBytes(reply, mutation, random);
            default:
                return ApplyToJson(reply, mutation, random);
        }
    }

    private static byte[] ApplyToBytes(byte[] reply, Mutation mutation, Random random)
    {
        if (reply.Length == 0)
        {
            return Noise(random, 8);
        }

        int place = random.Next(reply.Length);
        byte[] mutated = [.. reply];
        switch (mutation)
        {
            case Mutation.BitFlipped:
                for (int i = 0; i < 1 + random.Next(3); i++)
                {
                    mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
                }

                return mutated;
            case Mutation.ByteReplaced:
                mutated[place] = (byte)random.Next(256);
                return mutated;
            case Mutation.Cut:
                return reply[..place];
            case Mutation.CutInsideCharacter:
                return [.. reply[..place], .. "\U0001F30A"u8[..(1 + random.Next(3))], .. random.Next(2) == 0 ? reply[place..] : []];
            case Mutation.SliceDuplicated:
                int end = place + random.Next(Math.Min(2000, reply.Length - place) + 1);
                return [.. reply[..end], .. reply[place..]];
            case Mutation.SlicesSwapped:
                int length = Math.Max(1, Math.Min(200, reply.Length / 4));
                int other = random.Next(reply.Length - length + 1);
                place = Math.Min(place, reply.Length - length);
                reply.AsSpan(other, length).CopyTo(mutated.AsSpan(place));
                reply.AsSpan(place, length).CopyTo(mutated.AsSpan(other));
                return mutated;
            default:
                return [.. reply[..place], .. Encoding.UTF8.GetBytes(s_controls[random.Next(s_controls.Length)]), .. reply[place..]];
        }
    }

    // An event stream has many documents, one of which is mutated.
    private static byte[] ApplyToJson(byte[] reply, Mutation mutation, Random random)
    {
        if (JsonParts.Find(reply) is JsonParts document)
        {
            return Splice(reply, document, mutation, random);
        }

        string text = Encoding.UTF8.GetString(reply);
        int[] starts = [.. Enumerable.Range(0, text.Length).Where(i => string.CompareOrdinal(text, i, "data:", 0, 5) == 0).Select(i => i + 5)];
        if (starts.Length == 0)
        {
            return ApplyToBytes(reply, Mutation.ByteReplaced, random);
        }

        int start = starts[random.Next(starts.Length)];
        int end = text.IndexOf('\n', start) is >= 0 and int found ? found : text.Length;
        byte[] line = Encoding.UTF8.GetBytes(text[start..end]);
        byte[] mutated = JsonParts.Find(line) is JsonParts parts ? Splice(line, parts, mutation, random) : ApplyToBytes(line, Mutation.BitFlipped, random);
        return [.. Encoding.UTF8.GetBytes(text[..start]), .. mutated, .. Encoding.UTF8.GetBytes(text[end..])];
    }

    private static byte[] Splice(byte[] json, JsonParts parts, Mutation mutation, Random random)
    {
        JsonParts.Part any = parts.Values[random.Next(parts.Values.Count)];
        JsonParts.Part single = One(parts.Values.Where(v => v.IsSingle), random) ?? any;
        JsonParts.Part text = One(parts.Values.Where(v => v.IsText), random) ?? single;
        switch (mutation)
        {
            case Mutation.ControlInText:
                // Escaped, so that the JSON stays valid.
                string control = JsonSerializer.Serialize(s_controls[random.Next(s_controls.Length)])[1..^1];
                return Replace(json, parts.Values.Where(v => v.IsText && (random.Next(3) == 0 || v == text)).Select(v => (v.Start + 1, v.Start + 1, control)));
            case Mutation.NumberReplaced:
                JsonParts.Part number = One(parts.Values.Where(v => v.Type == JsonTokenType.Number), random) ?? single;
                return Replace(json, [(number.Start, number.End, s_numbers[random.Next(s_numbers.Length)])]);
            case Mutation.TextOfOneMegabyte:
                string unit = random.Next(4) switch { 0 => "a", 1 => "AAAA", 2 => "data:", _ => "/../" };
                return Replace(json, [(text.Start, text.End, $"\"{string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length))}\"")]);
            case Mutation.ArraysNested:
                int depth = Depth(random);
                return Replace(json, [(any.Start, any.End, new string('[', depth) + new string(']', depth))]);
            case Mutation.ObjectsNested:
                depth = Depth(random);
                return Replace(json, [(any.Start, any.End, string.Concat(Enumerable.Repeat("{\"data\":", depth)) + "1" + new string('}', depth))]);
            case Mutation.ManyElements:
                string item = Encoding.UTF8.GetString(json, single.Start, single.End - single.Start);
                return Replace(json, [(any.Start, any.End, random.Next(2) == 0 ? Listed(5_000, item) : Named(5_000, item))]);
            case Mutation.TypeChanged:
                return Replace(json, [(any.Start, any.End, s_values[random.Next(s_values.Length)])]);
            case Mutation.NullEverywhere:
                return Replace(json, parts.Values.Where(v => v.IsSingle).Select(v => (v.Start, v.End, "null")));
            case Mutation.KeysInOtherCase:
                return Replace(json, parts.Members.Select(m => (m.Start, m.NameEnd, Encoding.UTF8.GetString(json, m.Start, m.NameEnd - m.Start).ToUpperInvariant())));
            default:
                return SpliceMember(json, parts, mutation, random);
        }
    }

    private static byte[] SpliceMember(byte[] json, JsonParts parts, Mutation mutation, Random random)
    {
        if (parts.Members.Count == 0)
        {
            return ApplyToBytes(json, Mutation.ByteReplaced, random);
        }

        JsonParts.Member member = parts.Members[random.Next(parts.Members.Count)];
        string name = Encoding.UTF8.GetString(json, member.Start, member.NameEnd - member.Start);
        if (mutation == Mutation.MemberDuplicated)
        {
            return Replace(json, [(member.Start, member.Start, $"{name}:{s_values[random.Next(s_values.Length)]},")]);
        }

        // The parser accepts a trailing comma.
        int end = member.Value.End;
        while (end < json.Length && json[end] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            end++;
        }

        return Replace(json, [(member.Start, end < json.Length && json[end] == ',' ? end + 1 : member.Value.End, "")]);
    }

    // Changes that overlap an earlier one are skipped.
    private static byte[] Replace(byte[] json, IEnumerable<(int Start, int End, string By)> changes)
    {
        using MemoryStream result = new();
        int copied = 0;
        foreach ((int start, int end, string by) in changes.OrderBy(c => c.Start).Where(c => c.Start >= 0))
        {
            if (start >= copied)
            {
                result.Write(json, copied, start - copied);
                result.Write(Encoding.UTF8.GetBytes(by));
                copied = end;
            }
        }

        result.Write(json, copied, json.Length - copied);
        return result.ToArray();
    }

    private static JsonParts.Part? One(IEnumerable<JsonParts.Part> parts, Random random)
    {
        JsonParts.Part[] all = [.. parts];
        return all.Length == 0 ? null : all[random.Next(all.Length)];
    }

    private static int Depth(Random random) => random.Next(3) == 0 ? 20 + random.Next(45) : Deep;

    private static string Listed(int count, string item) => "[" + string.Join(',', Enumerable.Repeat(item, count)) + "]";

    private static string Named(int count, string item) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{(i % 2 == 0 ? "k" : "K")}{i / 2}\":{item}")) + "}";

    private static byte[] Noise(Random random, int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Zipped(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }
}
