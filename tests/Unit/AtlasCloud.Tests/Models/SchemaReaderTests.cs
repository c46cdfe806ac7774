using System.Text.Json;
using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class SchemaReaderTests
{
    public static TheoryData<string> Files => Fixture.Files("schemas");

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_returns_all_inputs_of_every_recorded_schema(string file)
    {
        JsonElement document = Fixture.Json("schemas/" + file);
        JsonElement input = file switch
        {
            "_variant-bare-json-schema.json" => document,
            "_variant-inline-body.json" => document.GetProperty("paths").GetProperty("/api/v1/model/generateImage").GetProperty("post")
                .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"),
            _ => document.GetProperty("components").GetProperty("schemas").GetProperty("Input"),
        };
        string[] declared = [.. input.GetProperty("properties").EnumerateObject().Select(p => p.Name).Where(n => n != "model").Order(StringComparer.Ordinal)];

        Assert.Equal(declared, SchemaReader.Read(document)!.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_returns_the_rules_of_an_input()
    {
        ModelParameter duration = SomeModel.Schema("google-veo3.1-text-to-video").Find("duration")!;

        Assert.Equal(("integer", 8L, false), (duration.Type, duration.Default, duration.IsRequired));
        Assert.Equal([8L, 4L, 6L], duration.AllowedValues);
    }

    [Fact]
    public void Read_returns_all_inputs_in_display_order()
    {
        ModelSchema schema = Read("""{"properties":{"b":{},"a":{},"c":{}},"x-order-properties":["c","ghost","b","c"]}""");

        Assert.Equal(["c", "b", "a"], schema.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Read_follows_a_local_reference() =>
        Assert.Equal("integer", Read("""{"components":{"schemas":{"Input":{"$ref":"#/components/schemas/Real"},"Real":{"properties":{"n":{"$ref":"#/defs/N"}}}}},"defs":{"N":{"type":"integer"}}}""").Find("n")!.Type);

    [Fact]
    public void Read_ends_at_a_reference_to_itself() =>
        Assert.Equal("n", Read("""{"properties":{"n":{"$ref":"#/properties/n"}}}""").Parameters[0].Name);

    [Fact]
    public void Read_does_not_follow_a_reference_to_another_document() =>
        Assert.Equal("string", Read("""{"properties":{"n":{"$ref":"https://example.com/n.json"}}}""").Find("n")!.Type);

    [Theory]
    [InlineData("""{"default":"x","enum":["a","b"]}""", "a")]
    [InlineData("""{"default":"b","enum":["a","b"]}""", "b")]
    [InlineData("""{"default":"x"}""", "x")]
    [InlineData("""{"enum":["a"]}""", null)]
    public void Read_replaces_a_default_that_is_not_allowed(string property, object? expected) =>
        Assert.Equal(expected, Read($$"""{"properties":{"n":{{property}} } }""").Find("n")!.Default);

    [Theory]
    [InlineData("""{"type":["null","integer"]}""", "integer")]
    [InlineData("""{"enum":[1,2]}""", "integer")]
    [InlineData("""{"enum":[true]}""", "boolean")]
    [InlineData("""{"items":{}}""", "array")]
    [InlineData("""{"properties":{}}""", "object")]
    [InlineData("{}", "string")]
    public void Read_infers_a_missing_type(string property, string expected) =>
        Assert.Equal(expected, Read($$"""{"properties":{"n":{{property}} } }""").Find("n")!.Type);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"components":{"schemas":{"Input":{"type":"object"}}}}""")]
    [InlineData("7")]
    public void Read_returns_null_for_a_document_without_inputs(string document) => Assert.Null(SchemaReader.Read(Some.Json(document)));

    [Fact]
    public void Find_ignores_case_unless_two_inputs_match()
    {
        ModelSchema schema = Read("""{"properties":{"Image":{},"seed":{},"SEED":{}}}""");

        Assert.Equal("Image", schema.Find("image")?.Name);
        Assert.Equal("seed", schema.Find("seed")?.Name);
        Assert.Null(schema.Find("Seed"));
    }

    private static ModelSchema Read(string document) => SchemaReader.Read(Some.Json(document))!;
}
