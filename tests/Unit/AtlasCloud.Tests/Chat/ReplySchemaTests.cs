using System.Collections;

namespace AtlasCloud.Tests;

public sealed class ReplySchemaTests
{
    [Fact]
    public void Parse_of_JSON_with_comments_and_trailing_commas_returns_the_object() =>
        Assert.Equal("""{"type":"array"}""", ReplySchema.Parse("""{ "type": "array", /* of anything */ }""").ToJsonString());

    [Theory]
    [InlineData("{ \"type\": ")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{ "type": "object", "type": "string" }""")]
    public void Parse_of_anything_but_an_object_throws(string text)
    {
        AtlasCloudException exception = Assert.Throws<AtlasCloudException>(() => ReplySchema.Parse(text));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.JsonSchemaMalformed), (exception.Kind, exception.Reason));
    }

    [Fact]
    public void FromDictionary_converts_nested_values() =>
        Assert.Equal(
            """{"properties":{"a":{"enum":["x",1,true]}}}""",
            ReplySchema.FromDictionary(new Hashtable { ["properties"] = new Hashtable { ["a"] = new Hashtable { ["enum"] = new object[] { "x", 1, true } } } }).ToJsonString());

    [Fact]
    public void FromDictionary_of_a_value_without_a_JSON_form_throws() =>
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => ReplySchema.FromDictionary(new Hashtable { ["a"] = new object() })).Kind);
}
