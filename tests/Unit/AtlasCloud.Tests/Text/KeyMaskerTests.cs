using System.Text;
using System.Text.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class KeyMaskerTests
{
    private const string Half = "apikey-3f9a1c7e";
    private const string Rest = "5b2d4860";

    public static TheoryData<string> Disguises =>
    [
        Half + Rest,
        Half.ToUpperInvariant() + Rest.ToUpperInvariant(),
        $"{Half}\u200B{Rest}",
        $"{Half}\u00AD\u2060\uFEFF\u034F\uFE0F{Rest}",
        $"{Half}\u0001\u001b\u0085{Rest}",
        $"{Half}\r\n{Rest}",
        $"{Half}\u2028{Rest}",
        $"{Half}\u0332{Rest}",
        $"{Half}\U000E0041\u3164{Rest}",
        $@"\u0061pikey-3f9a1c7e{Rest}",
        $@"apikey\u002D3f9a1c7e{Rest}",
        $@"{Half}\u200b{Rest}",
        $@"{Half}\udb40\udc41{Rest}",
        $@"{Half}\n\t{Rest}",
        $@"\\u0061pikey-3f9a1c7e{Rest}",
        $@"\\\\\\\\u0061pikey-3f9a1c7e{Rest}",
        $"%61pikey%2D3f9a1c7e{Rest}",
        $"%2561pikey-3f9a1c7e{Rest}",
        $"{Half}%E2%80%8B{Rest}",
    ];

    [Theory]
    [MemberData(nameof(Disguises))]
    public void Key_is_masked_in_every_disguise(string disguise) => Assert.Equal("<***>", KeyMasker.Mask($"<{disguise}>", Some.Key));

    [Theory]
    [InlineData("apikey-3f9a1c7e5b2d486")]
    [InlineData("apikey-3f9a1c7e5b2d4861")]
    [InlineData("apikey-3f9a1c7e 5b2d4860")]
    [InlineData("\\u006")]
    [InlineData("100% of \\ and %4")]
    [InlineData("a\uD83D lone surrogate")]
    public void Text_without_the_key_is_returned_unchanged(string text) => Assert.Same(text, KeyMasker.Mask(text, Some.Key));

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData(null)]
    public void Short_key_is_not_masked_in_data(string? key) => Assert.Equal("a short text", KeyMasker.Mask("a short text", key));

    [Fact]
    public void All_occurrences_are_masked() => Assert.Equal("*** and ***, a***", KeyMasker.Mask($"{Some.Key} and {Some.Key}, a{Some.Key}", Some.Key));

    [Theory]
    [InlineData("""{"a":"KEY","KEY":["xKEYx"],"n":1}""", """{"a":"***","***":["x***x"],"n":1}""")]
    [InlineData("""{"a":"line\nKEY","b":"C:\\KEY\\x"}""", """{"a":"line\n***","b":"C:\\***\\x"}""")]
    [InlineData("""{"a":"\"KEY\"","inner":"{\"k\":\"\\u0061pikey-3f9a1c7e5b2d4860\"}"}""", """{"a":"\"***\"","inner":"{\"k\":\"***\"}"}""")]
    [InlineData("""{"a":"apikey-3f9a1c7e","5b2d4860":1}""", """{"a":"apikey-3f9a1c7e","5b2d4860":1}""")]
    public void JSON_with_the_key_stays_valid(string json, string expected)
    {
        string masked = Encoding.UTF8.GetString(KeyMasker.Mask(Encoding.UTF8.GetBytes(json.Replace("KEY", Some.Key, StringComparison.Ordinal)), Some.Key));

        Assert.Equal(expected, masked);
        Some.Json(masked);
    }

    [Fact]
    public void Decoded_JSON_never_contains_the_key_however_each_character_is_written()
    {
        Random random = Some.Random();
        for (int i = 0; i < 2000; i++)
        {
            string hidden = string.Concat(Some.Key.Select(c => Disguise(c, random)));
            string json = $$"""{"before\\":"x{{Noise(random)}}{{hidden}}","{{hidden}}":["\\\"{{hidden}}{{Noise(random)}}"]}""";

            JsonElement masked = Some.Json(Encoding.UTF8.GetString(KeyMasker.Mask(Encoding.UTF8.GetBytes(json), Some.Key)));

            string text = string.Concat(masked.EnumerateObject().Select(m => m.Name + m.Value)) + masked.GetProperty("before\\").GetString();
            Assert.False(Visible(text).Contains(Some.Key, StringComparison.OrdinalIgnoreCase), json);
        }
    }

    [Fact]
    public void Large_text_is_masked_in_linear_time()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("apikey-\u200B", 400_000)) + new string('\\', 4_000_000) + new string('a', 4_000_000) + Some.Key);

        byte[] masked = KeyMasker.Mask(text, Some.Key);

        Assert.Equal(text.Length - Some.Key.Length + 3, masked.Length);
    }

    private static string Disguise(char c, Random random) => random.Next(7) switch
    {
        0 => $"\\u{(int)c:x4}",
        1 => $"\\u{(int)c:X4}\\u200b",
        2 => char.ToUpperInvariant(c).ToString(),
        3 => c + "\u200D",
        4 => c + "\\u0007",
        _ => c.ToString(),
    };

    private static string Noise(Random random) => random.Next(4) switch { 0 => "\\\\", 1 => "\\u00e4", 2 => "apikey-", _ => "\\n" };

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsControl(c) && c is not ('\u200B' or '\u200D')));
}
