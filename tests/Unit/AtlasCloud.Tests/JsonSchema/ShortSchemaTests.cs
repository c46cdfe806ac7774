using System.Collections;
using System.Text.Json.Nodes;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Tests;

/// <summary>Schemas in one line.</summary>
public sealed class ShortSchemaTests
{
    [Theory]
    [InlineData("title:string, score:int, tags:string[]", """{"type":"object","properties":{"title":{"type":"string"},"score":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}},"required":["title","score","tags"],"additionalProperties":false}""")]
    [InlineData("a:number,b:bool?,c?:date", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"boolean"},"c":{"type":"string","format":"date"}},"required":["a"],"additionalProperties":false}""")]
    [InlineData(" rows : object[][] ", """{"type":"object","properties":{"rows":{"type":"array","items":{"type":"array","items":{"type":"object"}}}},"required":["rows"],"additionalProperties":false}""")]
    [InlineData("String[]", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("""{ "type": "object" }""", """{"type":"object"}""")]
    public void A_line_or_JSON_is_a_schema(string text, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), SchemaText.Parse(text)), SchemaText.Parse(text).ToJsonString());

    [Theory]
    [InlineData("title", "'title' is no type")]
    [InlineData("title:sting", "'sting' is no type")]
    [InlineData("title:string,", "'' is no name and type")]
    [InlineData("title:string, title:int", "'title' is there twice")]
    [InlineData("", "'' is no type")]
    [InlineData("{ \"type\": ", "not valid JSON")]
    public void What_is_neither_is_refused_with_an_example(string text, string words)
    {
        AtlasCloudException exception = Assert.Throws<AtlasCloudException>(() => SchemaText.Parse(text));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.RecommendedAction);
    }

    [Fact]
    public void A_hashtable_is_a_schema_too() =>
        Assert.Equal("""{"type":"array"}""", SchemaText.From(new Hashtable { ["type"] = "array" }).ToJsonString());
}
