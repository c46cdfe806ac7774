using System.Text;
using System.Text.Json;
using AtlasCloud.Journal;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalMembersTests
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "7", "-7", "0", "-0", "7.0", "7.5", "1e3", "1e999", "9223372036854775807", "9223372036854775808", "\"\"", "\" \"", "\"7\"", "\" 7 \"", "\"x\"",
        "\"acme/paint\"", "\"a\\u0062c\"", "\"\\ud800\"", "\"\\u001b[31mred\"", "\"\u007f\u0085\"", "\"\\u202egnp\"", "\"ä€😀\"", "\"a\\nb\"", "[]", "{}", "[1,{\"at\":2}]", "{\"model\":\"x\"}",
        "\"2026-08-26T09:15:00Z\"", "\"2026-08-26T09:15:00.1234567+02:00\"", "\"2026-08-26T09:15:00.12345678+02:00\"", "\"2026-08-26T09:15:00.123456789012\"", "\"2026-08-26T09:15:00\"",
        "\"2026-08-26T09:15:00-11:30\"", "\"2026-08-26T09:15-11:30\"", "\"2026-08-26\"", "\"2026-08-26 09:15:00 +02:00\"", "\"2026-08-26T24:00:00Z\"", "\"2026-02-30T09:15:00+00:00\"",
        "\"2026-08-26T09:15:00\\u002B02:00\"", "\"0001-01-01T00:00:00+14:00\"", "1790000000", "1790000000000", "\"1790000000\"", "\"Wed, 26 Aug 2026 09:15:00 GMT\"",
        $"\"{new string('a', 64)}\"", $"\"{new string('A', 64)}\"", $"\"{new string('g', 64)}\"", $"\"\\u0061{new string('a', 63)}\"", new string('1', 64), $"\"{new string('x', 300)}\"",
    ];

    [Fact]
    public void Values_are_read_as_from_a_document()
    {
        JournalMembers members = new();

        // Twice, since the second time a text can come from the line before.
        foreach (string value in s_values.SelectMany(v => (string[])[v, v]).Concat(s_values))
        {
            foreach (string line in (string[])[$"{{\"model\":{value}}}", $"{{ \"model\" : \"other\", \"x\":[{value}], \"m\\u006fdel\" :{value} , \"\\ud800\":1 }}\r\n"])
            {
                byte[] bytes = Encoding.UTF8.GetBytes(line);
                JsonElement root = JsonDocument.Parse(bytes).RootElement;
                members.Parse(bytes);
                string? text = root.Text("model");
                Assert.Equal(text, members.Text(bytes, JournalMember.Model));
                Assert.Equal(text, members.UniqueText(bytes, JournalMember.Model));
                Assert.Equal(text is null || SafeText.Sanitize(text, length: 200).Length == 0 ? null : SafeText.Sanitize(text, length: 200), members.Sanitized(bytes, JournalMember.Model, 200));
                Assert.Equal(root.Member("model")?.AsInteger(), members.Integer(bytes, JournalMember.Model));
                Assert.Equal(text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? text : null, members.Digest(bytes, JournalMember.Model));
                Assert.Equal(root.Member("model")?.GetRawText(), members.Element(bytes, JournalMember.Model)?.GetRawText());
                DateTimeOffset? time = root.Member("model")?.AsTime();
                Assert.Equal((time, time?.Offset), (members.Time(bytes, JournalMember.Model), members.Time(bytes, JournalMember.Model)?.Offset));
            }
        }
    }

    [Fact]
    public void Last_of_several_members_with_one_name_counts_even_if_it_is_null()
    {
        JournalMembers members = new();
        byte[] line = """{"model":"first","label":"x","model":null,"label":"y"}"""u8.ToArray();
        members.Parse(line);
        Assert.Null(members.Text(line, JournalMember.Model));
        Assert.Equal("y", members.Text(line, JournalMember.Label));
    }

    [Fact]
    public void Members_of_the_previous_line_are_forgotten()
    {
        JournalMembers members = new();
        members.Parse("""{"model":"first"}"""u8);
        members.Parse("{}"u8);
        Assert.Null(members.Text("{}"u8, JournalMember.Model));
    }

    [Fact]
    public void Every_member_that_a_record_writes_is_found()
    {
        JournalMember[] known = Enum.GetValues<JournalMember>();
        string[] written = [.. typeof(JournalRecord).GetProperties().Select(p => p.Name).Where(n => n != nameof(JournalRecord.Size))];
        Assert.Equal(written, known.Select(m => m.ToString()));
        byte[] line = Encoding.UTF8.GetBytes($"{{{string.Join(',', written.Reverse().Select(n => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(n)}\":\"{n}\""))}}}");
        JournalMembers members = new();
        members.Parse(line);
        Assert.All(known, m => Assert.Equal(m.ToString(), members.Text(line, m)));
    }

    [Theory]
    [InlineData("{\"model\":1}}")]
    [InlineData("{\"model\":1} {}")]
    [InlineData("{\"model\":1")]
    [InlineData("{\"model\":[1}")]
    [InlineData("{\"model\":1,}")]
    [InlineData("")]
    public void Invalid_JSON_throws(string line) =>
        Assert.ThrowsAny<JsonException>(() => new JournalMembers().Parse(Encoding.UTF8.GetBytes(line)));
}
