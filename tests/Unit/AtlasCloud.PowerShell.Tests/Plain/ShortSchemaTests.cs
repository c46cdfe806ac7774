using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tools;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class ShortSchemaTests
{
    [Theory]
    [InlineData("title:string, score:int, tags:string[]", """{"type":"object","properties":{"title":{"type":"string"},"score":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}},"required":["title","score","tags"],"additionalProperties":false}""")]
    [InlineData("a:number,b:bool?,c?:date", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"boolean"},"c":{"type":"string","format":"date"}},"required":["a"],"additionalProperties":false}""")]
    [InlineData(" rows : object[][] ", """{"type":"object","properties":{"rows":{"type":"array","items":{"type":"array","items":{"type":"object"}}}},"required":["rows"],"additionalProperties":false}""")]
    [InlineData("String[]", """{"type":"array","items":{"type":"string"}}""")]
    public void Parse_of_a_valid_line_returns_its_JSON_schema(string text, string expected)
    {
        JsonObject schema = ReplySchema.FromDictionary(ShortSchema.Parse(text));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), schema), schema.ToJsonString());
    }

    [Theory]
    [InlineData("title", "'title' is not a type")]
    [InlineData("title:sting", "'sting' is not a type")]
    [InlineData("title:string,", "'' is not a name and a type")]
    [InlineData("title:string, title:int", "'title' occurs twice")]
    [InlineData("", "'' is not a type")]
    public void Parse_of_an_invalid_line_throws_with_an_example(string text, string words)
    {
        AtlasCloudException exception = Assert.Throws<AtlasCloudException>(() => ShortSchema.Parse(text));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Contains("title:string", ErrorAdvice.For(exception), StringComparison.Ordinal);
    }
}
