using System.Text;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

/// <summary>JSON that costs more than its bytes, or that cannot be read where it is used.</summary>
public sealed class JsonLimitsTests
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    [Fact]
    public void Bytes_that_are_no_characters_become_the_mark_for_that()
    {
        JsonElement read = JsonLimits.Parse((byte[])[.. "{\"a\":\"x"u8, 0xE4, .. "y\"}"u8], s_options);

        Assert.Equal("x\uFFFDy", read.Member("a")?.AsText());
        Assert.Equal("\"x\uFFFDy\"", read.Member("a")?.GetRawText());
    }

    [Theory]
    [InlineData(JsonLimits.MaxTokens - 2, true)]
    [InlineData(JsonLimits.MaxTokens - 1, false)]
    public void A_document_has_only_so_many_pieces(int elements, bool expected) =>
        Assert.Equal(expected, IsRead($"[{string.Join(',', Enumerable.Repeat("0", elements))}]"));

    [Theory]
    [InlineData(JsonLimits.MaxUnreadableStrings, true)]
    [InlineData(JsonLimits.MaxUnreadableStrings + 1, false)]
    public void A_document_has_only_so_many_texts_with_half_a_character(int elements, bool expected) =>
        Assert.Equal(expected, IsRead($"[{string.Join(',', Enumerable.Repeat("\"\\udC00\"", elements))}]"));

    [Theory]
    [InlineData("1 2")]
    [InlineData("{}]")]
    [InlineData("")]
    public void Parse_of_anything_but_one_value_throws(string json) => Assert.False(IsRead(json));

    private static bool IsRead(string json) => Record.Exception(() => JsonLimits.Parse(Encoding.UTF8.GetBytes(json), s_options)) switch
    {
        null => true,
        JsonException => false,
        Exception other => throw other,
    };
}
