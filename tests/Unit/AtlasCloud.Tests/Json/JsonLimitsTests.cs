using System.Text;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

/// <summary>JSON that is expensive to parse, or whose strings are not valid text.</summary>
public sealed class JsonLimitsTests
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    [Fact]
    public void Parse_replaces_invalid_UTF8_with_the_replacement_character()
    {
        JsonElement read = JsonLimits.Parse((byte[])[.. "{\"a\":\"x"u8, 0xE4, .. "y\"}"u8], s_options);

        Assert.Equal("x\uFFFDy", read.Member("a")?.AsText());
        Assert.Equal("\"x\uFFFDy\"", read.Member("a")?.GetRawText());
    }

    [Theory]
    [InlineData(JsonLimits.MaxTokens - 2, true)]
    [InlineData(JsonLimits.MaxTokens - 1, false)]
    public void Parse_rejects_a_document_with_too_many_tokens(int elements, bool expected) =>
        Assert.Equal(expected, IsRead($"[{string.Join(',', Enumerable.Repeat("0", elements))}]"));

    [Theory]
    [InlineData(JsonLimits.MaxUnreadableStrings, true)]
    [InlineData(JsonLimits.MaxUnreadableStrings + 1, false)]
    public void Parse_rejects_a_document_with_too_many_lone_surrogates(int elements, bool expected) =>
        Assert.Equal(expected, IsRead($"[{string.Join(',', Enumerable.Repeat("\"\\udC00\"", elements))}]"));

    [Theory]
    [InlineData("1 2")]
    [InlineData("{}]")]
    [InlineData("")]
    public void Parse_throws_unless_the_input_is_a_single_value(string json) => Assert.False(IsRead(json));

    private static bool IsRead(string json) => Record.Exception(() => JsonLimits.Parse(Encoding.UTF8.GetBytes(json), s_options)) switch
    {
        null => true,
        JsonException => false,
        Exception other => throw other,
    };
}
