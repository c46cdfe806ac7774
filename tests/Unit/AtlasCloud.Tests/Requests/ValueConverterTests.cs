using System.Collections;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class ValueConverterTests
{
    public static TheoryData<object?, string, string> Conversions => new()
    {
        { "5", "integer", "5" },
        { "5.0", "integer", "5" },
        { 5.5m, "integer", "5.5" },
        { "1e25", "integer", "\"1e25\"" },
        { "five", "integer", "\"five\"" },
        { "0.25", "number", "0.25" },
        { 2.0, "number", "2" },
        { 1e25, "number", "10000000000000000000000000" },
        { "true", "boolean", "true" },
        { "False", "boolean", "false" },
        { true, "string", "\"true\"" },
        { 5, "string", "\"5\"" },
        { "[1,2]", "array", "[1,2]" },
        { "one", "array", "[\"one\"]" },
        { "[broken", "array", "[\"[broken\"]" },
        { """{"a":1}""", "object", """{"a":1}""" },
        { "text", "object", "\"text\"" },
        { "text", "string", "\"text\"" },
    };

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Convert_converts_to_the_type_of_the_schema(object? given, string type, string expected) =>
        Assert.Equal(expected, ValueConverter.Convert(given, new ModelParameter { Name = "x", Type = type })!.ToJsonString());

    [Theory]
    [InlineData("10", "10")]
    [InlineData(5, "5")]
    [InlineData(5.0, "5")]
    public void Convert_returns_the_allowed_value_in_the_schemas_spelling(object given, string expected) =>
        Assert.Equal($"\"{expected}\"", ValueConverter.Convert(given, new ModelParameter { Name = "x", AllowedValues = ["5", "10"] })!.ToJsonString());

    [Fact]
    public void Convert_accepts_text_for_an_allowed_number() =>
        Assert.Equal("8", ValueConverter.Convert("8", new ModelParameter { Name = "x", Type = "integer", AllowedValues = [8L, 4L, 6L] })!.ToJsonString());

    [Fact]
    public void Convert_throws_for_a_value_that_contains_itself()
    {
        Hashtable loop = [];
        loop["again"] = loop;

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => ValueConverter.Convert(loop, null)).Kind);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Convert_throws_for_a_number_that_JSON_does_not_support(object given) =>
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => ValueConverter.Convert(given, null)).Kind);

    [Fact]
    public async Task Value_with_the_maximum_nesting_can_be_sent()
    {
        object value = 1;
        for (int i = 0; i < 60; i++)
        {
            value = new Hashtable { ["a"] = value };
        }

        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));
        GenerationRequest request = Some.Request() with { Parameters = new Hashtable { ["deep"] = value }, SkipValidation = true };

        Assert.Equal(Some.Id, (await Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image)).Id);
    }
}
