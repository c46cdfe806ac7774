using System.Text.Json;
using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class SchemaReaderTests
{
    public static TheoryData<string> Files => Fixture.Files("schemas");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_schema_gives_all_its_inputs(string file)
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
    public void An_input_carries_what_the_schema_says_about_it()
    {
        ModelParameter duration = SomeModel.Schema("google-veo3.1-text-to-video").Find("duration")!;

        Assert.Equal(("integer", 8L, false), (duration.Type, duration.Default, duration.IsRequired));
        Assert.Equal([8L, 4L, 6L], duration.AllowedValues);
    }

    [Fact]
    public void Inputs_stand_in_display_order_and_none_is_forgotten()
    {
        ModelSchema schema = Read("""{"properties":{"b":{},"a":{},"c":{}},"x-order-properties":["c","ghost","b","c"]}""");

        Assert.Equal(["c", "b", "a"], schema.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void A_local_reference_is_followed() =>
        Assert.Equal("integer", Read("""{"components":{"schemas":{"Input":{"$ref":"#/components/schemas/Real"},"Real":{"properties":{"n":{"$ref":"#/defs/N"}}}}},"defs":{"N":{"type":"integer"}}}""").Find("n")!.Type);

    [Fact]
    public void A_reference_to_itself_ends() =>
        Assert.Equal("n", Read("""{"properties":{"n":{"$ref":"#/properties/n"}}}""").Parameters[0].Name);

    [Fact]
    public void A_reference_to_another_document_is_not_followed() =>
        Assert.Equal("string", Read("""{"properties":{"n":{"$ref":"https://example.com/n.json"}}}""").Find("n")!.Type);

    [Theory]
    [InlineData("""{"default":"x","enum":["a","b"]}""", "a")]
    [InlineData("""{"default":"b","enum":["a","b"]}""", "b")]
    [InlineData("""{"default":"x"}""", "x")]
    [InlineData("""{"enum":["a"]}""", null)]
    public void A_default_outside_the_choices_is_replaced(string property, object? expected) =>
        Assert.Equal(expected, Read($$"""{"properties":{"n":{{property}} } }""").Find("n")!.Default);

    [Theory]
    [InlineData("""{"type":["null","integer"]}""", "integer")]
    [InlineData("""{"enum":[1,2]}""", "integer")]
    [InlineData("""{"enum":[true]}""", "boolean")]
    [InlineData("""{"items":{}}""", "array")]
    [InlineData("""{"properties":{}}""", "object")]
    [InlineData("{}", "string")]
    public void A_type_that_is_not_named_follows_from_the_rest(string property, string expected) =>
        Assert.Equal(expected, Read($$"""{"properties":{"n":{{property}} } }""").Find("n")!.Type);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"components":{"schemas":{"Input":{"type":"object"}}}}""")]
    [InlineData("7")]
    public void A_document_without_inputs_gives_no_schema(string document) => Assert.Null(SchemaReader.Read(Some.Json(document)));

    [Fact]
    public void A_name_is_found_in_another_case_unless_that_could_mean_two()
    {
        ModelSchema schema = Read("""{"properties":{"Image":{},"seed":{},"SEED":{}}}""");

        Assert.Equal("Image", schema.Find("image")?.Name);
        Assert.Equal("seed", schema.Find("seed")?.Name);
        Assert.Null(schema.Find("Seed"));
    }

    private static ModelSchema Read(string document) => SchemaReader.Read(Some.Json(document))!;
}
