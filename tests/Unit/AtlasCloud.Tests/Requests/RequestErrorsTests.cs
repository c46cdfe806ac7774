using System.Collections;
using System.Text.Json.Nodes;
using AtlasCloud.Models;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>The messages for invalid requests, and values that are accepted because a schema contradicts itself.</summary>
public sealed class RequestErrorsTests
{
    [Theory]
    [InlineData("""{"type":"integer","minimum":4,"maximum":12}""", "99", "'x' must be an integer from 4 to 12, not '99'.")]
    [InlineData("""{"type":"integer","minimum":4}""", "3", "'x' must be an integer of at least 4, not '3'.")]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "0", "'x' must be a number of more than 0, not '0'.")]
    [InlineData("""{"type":"integer"}""", "5.5", "'x' must be an integer, not '5.5'.")]
    [InlineData("""{"type":"integer"}""", "\"five\"", "'x' must be an integer, not 'five'.")]
    [InlineData("""{"type":"boolean"}""", "\"\"", "'x' must be true or false, not empty.")]
    [InlineData("""{"type":"integer","minimum":0,"maximum":20,"step":5}""", "7", "'x' must be an integer from 0 to 20 in steps of 5, not '7'.")]
    [InlineData("""{"type":"integer","multipleOf":8}""", "12", "'x' must be an integer in steps of 8, not '12'.")]
    [InlineData("""{"type":"string","maxLength":3}""", "\"lengthy\"", "'x' must be a string of at most 3 characters, not 7.")]
    [InlineData("""{"type":"string","minLength":3}""", "\"🎬\"", "'x' must be a string of at least 3 characters, not 1.")]
    [InlineData("""{"type":"string","enum":["720p","1080p","4k"]}""", "\"1081p\"", "'x' must be 720p, 1080p or 4k, not '1081p'; did you mean '1080p'?")]
    [InlineData("""{"enum":[-1,2,3,4,5,6],"x-enum-labels":{"-1":"Smart"}}""", "9", "'x' must be -1 (Smart) or 2 to 6, not '9'.")]
    [InlineData("""{"const":"a"}""", "\"b\"", "'x' must be a, not 'b'.")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":3}""", "[]", "'x' must be a list of 1 to 3 elements, not 0.")]
    [InlineData("""{"type":"array","items":{"type":"integer","maximum":9}}""", "[1,10]", "'x[1]' must be an integer of at most 9, not '10'.")]
    [InlineData("""{"type":"array","items":{"type":"object","required":["path"],"properties":{"path":{}}}}""", "[{}]", "'x[0].path' is required.")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"scale":{"type":"number"}}}""", """{"sclae":1}""", "'x.sclae' is unknown; did you mean 'scale'?")]
    [InlineData("""{"type":"object","properties":{"scale":{"type":"number","maximum":4}}}""", """{"scale":5}""", "'x.scale' must be a number of at most 4, not '5'.")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "[1,1]", "'x' contains a duplicate item.")]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"b\"", "'x' must match the pattern ^a+$.")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"hello\"", "'x' must be a URL such as https://example.com/file, not 'hello'.")]
    [InlineData("""{"type":"string","format":"date"}""", "\"noon\"", "'x' must be a date such as 2026-08-26.")]
    [InlineData("""{"not":{"enum":["a"]}}""", "\"a\"", "'x' cannot be a.")]
    [InlineData("""{"oneOf":[{"type":"string","enum":["auto"]},{"type":"number","minimum":0,"maximum":1}]}""", "2", "'x' must be auto or a number from 0 to 1, not '2'.")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"object","required":["a"]}]}""", "{}", "'x.a' is required.")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/Quality"}]}""", "\"hgih\"", "'x' must be low or high, not 'hgih'; did you mean 'high'?")]
    [InlineData("false", "1", "'x' is not allowed.")]
    public void Error_names_the_allowed_values(string rules, string value, string expected) => Assert.Equal(expected, FindErrors(rules, value));

    [Theory]
    [InlineData("""{"type":"integer","minimum":-1,"maximum":20,"step":5}""", "-1")]
    [InlineData("""{"type":"integer","minimum":-1,"maximum":20,"step":5}""", "10")]
    [InlineData("""{"type":"integer","minimum":4,"maximum":20,"step":4,"x-enum-labels":{"-1":"Smart"}}""", "-1")]
    [InlineData("""{"type":"integer","minimum":0,"default":-1}""", "-1")]
    [InlineData("""{"type":"number","minimum":0,"step":0.1}""", "0.30000000000000004")]
    [InlineData("""{"type":"number","minimum":0,"step":0.1}""", "79228162514264337593543950335")]
    [InlineData("""{"type":"integer","minimum":9,"maximum":3}""", "5")]
    [InlineData("""{"type":"string","minLength":9,"maxLength":3}""", "\"five5\"")]
    [InlineData("""{"type":"array","minItems":9,"maxItems":3}""", "[1,2,3,4]")]
    [InlineData("""{"type":"integer","enum":["5","10"]}""", "5")]
    [InlineData("""{"type":"string","enum":[5,10]}""", "\"10\"")]
    [InlineData("""{"type":"integer","maximum":8,"enum":[5,10]}""", "10")]
    [InlineData("""{"type":"string","enum":[]}""", "\"any\"")]
    [InlineData("""{"type":"integer","step":0}""", "5")]
    [InlineData("""{"type":"integer","step":"wide","minimum":"low"}""", "5")]
    [InlineData("""{"type":7,"enum":"a","items":3,"oneOf":{},"allOf":7,"if":1,"then":2,"required":"x"}""", "\"b\"")]
    [InlineData("""{"type":"colour"}""", "5")]
    [InlineData("""{"$ref":"#/nowhere"}""", "5")]
    [InlineData("""{"$ref":"#/properties/x"}""", "5")]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"integer"}]}""", "5")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"asset://abc\"")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"photo.png\"")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"data:image/png;base64,AAAA\"")]
    [InlineData("{}", """{"any":[1,null]}""")]
    [InlineData("true", "5")]
    [InlineData("7", "5")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"scale":{"type":"number"}}}}""", """[{"scale":null}]""")]
    public void Value_is_accepted_if_the_schema_contradicts_itself_or_is_malformed(string rules, string value) => Assert.Equal("", FindErrors(rules, value));

    [Theory]
    [InlineData("""{"a":1,"mode":"on"}""", "'b' is required when 'mode' is on.")]
    [InlineData("""{"a":1,"mode":"off"}""", "'a' is '1', but must be at most 0 unless 'mode' is on.")]
    [InlineData("""{"a":0,"mode":"off"}""", "")]
    [InlineData("""{"a":0}""", "")]
    [InlineData("""{"b":1,"c":1,"mode":"on"}""", "'b' and 'c' cannot be combined.")]
    [InlineData("""{"e":1}""", "Either 'd' or 'f' is required when 'e' is given.")]
    [InlineData("""{"e":1,"d":1}""", "")]
    [InlineData("""{"e":1,"d":1,"f":1}""", "Only one of 'd' and 'f' is allowed when 'e' is given.")]
    public void Error_between_inputs_names_the_condition(string values, string expected)
    {
        const string Schema = """
            {"properties":{"a":{"type":"integer"},"b":{},"c":{},"d":{},"e":{},"f":{},"mode":{"enum":["on","off"],"default":"off"} },
             "allOf":[
              {"if":{"properties":{"mode":{"const":"on"} } },"then":{"required":["b"]},"else":{"properties":{"a":{"maximum":0} } } },
              {"not":{"required":["b","c"]} },
              {"if":{"required":["e"]},"then":{"oneOf":[{"required":["d"]},{"required":["f"]}]} }]}
            """;

        Assert.Equal(expected, FindErrorsInRequest(Schema, values));
    }

    private static string FindErrors(string rules, string value) =>
        FindErrorsInRequest($$"""{"properties":{"x":{{rules}} },"$defs":{"Quality":{"type":"string","enum":["low","high"]} } }""", $$"""{"x":{{value}} }""");

    private static string FindErrorsInRequest(string schema, string values)
    {
        ModelSchema read = SchemaReader.Read(Some.Json(schema))!;
        Hashtable parameters = [];
        foreach ((string name, JsonNode? value) in JsonNode.Parse(values)!.AsObject())
        {
            parameters[name] = value;
        }

        Exception? thrown = Record.Exception(() => RequestComposer.Compose(new GenerationRequest { Model = "a/b", Parameters = parameters }, null, read));
        return thrown is null ? "" : Assert.IsType<AtlasCloudException>(thrown).Message
            .Replace("The request is not valid for a/b: ", "", StringComparison.Ordinal).Replace(" Nothing was submitted.", "", StringComparison.Ordinal);
    }
}
