using System.Collections;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

public sealed class InputJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"b":2}""", "b")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    [InlineData("""{"a":{"b":[1,{"c":1,"c":2}]}}""", "c")]
    [InlineData("""{"a":1,"A":2,"b":{"a":3}}""", null)]
    [InlineData("""[{"a":1},{"a":2}]""", null)]
    [InlineData("""{"a":1,"a":""", null)]
    [InlineData("", null)]
    public void FindRepeatedMember_returns_the_first_member_that_an_object_contains_twice(string json, string? expected) =>
        Assert.Equal(expected, InputJson.FindRepeatedMember(json));

    [Fact]
    public void Element_that_contains_a_member_twice_has_no_JSON_form()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":1,"a":2}""");
        AtlasCloudException exception = Assert.Throws<AtlasCloudException>(() => JsonValues.ToJson(new Hashtable { ["x"] = document.RootElement }));

        Assert.Equal((AtlasCloudErrorReason.ValueNotSerializable, true), (exception.Reason, exception.Message.Contains("contains 'a' twice", StringComparison.Ordinal)));
    }
}
