using System.Collections;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>The conversion of values for a request, which never loses information.</summary>
public sealed class RequestConversionTests
{
    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """["1","2"]""", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"[1,2]\"", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "7", "[7]")]
    [InlineData("""{"type":"array","items":{"type":"string","enum":["Low","High"]}}""", """["high"]""", """["High"]""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"scale":{"type":"number"}}}}""", """{"Path":"a","scale":"0.5"}""", """[{"path":"a","scale":0.5}]""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"}}}}""", "\"{\\\"path\\\":\\\"a\\\"}\"", """[{"path":"a"}]""")]
    [InlineData("""{"type":"object","properties":{"on":{"type":"boolean"},"off":{"type":"boolean"}}}""", """{"on":"True","off":null}""", """{"on":true}""")]
    [InlineData("""{"enum":["1080P","720P"]}""", "\"1080p\"", "\"1080P\"")]
    [InlineData("""{"enum":[-1,5],"x-enum-labels":{"-1":"Smart"}}""", "\"smart\"", "-1")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string","enum":["auto"]}]}""", "\"5\"", "5")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"5\"", "5")]
    [InlineData("""{"type":["string","number"]}""", "5", "5")]
    [InlineData("""{"default":1}""", "5", "5")]
    [InlineData("{}", "5", "5")]
    [InlineData("""{"allOf":[{"type":"integer"}]}""", "\"5\"", "5")]
    public void Value_is_converted_to_the_form_of_its_schema(string rules, string given, string expected) => Assert.Equal(expected, Compose(rules, given)["x"]!.ToJsonString());

    [Theory]
    [InlineData("""{"type":"integer"}""", "5.5")]
    [InlineData("""{"type":"integer"}""", "\"5.5\"")]
    [InlineData("""{"enum":["a1","A1"]}""", "\"â1\"")]
    [InlineData("""{"enum":["aB","Ab"]}""", "\"AB\"")]
    [InlineData("""{"type":"boolean"}""", "1")]
    [InlineData("""{"type":"string"}""", "[1]")]
    [InlineData("""{"not":{"enum":["a"]}}""", "\"a\"")]
    public void Value_that_would_lose_information_is_rejected(string rules, string given) =>
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => Compose(rules, given)).Kind);

    [Theory]
    [InlineData("""{"type":"integer","maximum":3}""", "9", "9")]
    [InlineData("""{"enum":["a"]}""", "\"b\"", "\"b\"")]
    public void Invalid_value_is_sent_with_SkipValidation(string rules, string given, string expected) =>
        Assert.Equal(expected, Compose(rules, given, skip: true)["x"]!.ToJsonString());

    private static JsonObject Compose(string rules, string given, bool skip = false)
    {
        ModelSchema schema = SchemaReader.Read(Some.Json($$"""{"properties":{"x":{{rules}} } }"""))!;
        Hashtable parameters = new() { ["x"] = JsonValues.FromJson(Some.Json(given)) };
        return RequestComposer.Compose(new GenerationRequest { Model = "a/b", Parameters = parameters, SkipValidation = skip }, null, schema).Body;
    }
}
