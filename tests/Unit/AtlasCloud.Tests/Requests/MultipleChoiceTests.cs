using System.Collections;

namespace AtlasCloud.Tests;

/// <summary>Strings that hold several choices, joined by commas (API reference, section 13.2).</summary>
public sealed class MultipleChoiceTests
{
    private const string Model = "atlascloud-studio-a-plus-content";

    [Fact]
    public void Compose_joins_several_choices_with_commas()
    {
        object[] given = [new[] { "hero", "spec" }, new object[] { "Hero", " spec " }, "hero,spec", "hero, spec", new[] { "hero,spec" }];

        Assert.All(given, g => Assert.Equal("""{"visual_type":"hero,spec"}""", Compose(g)));
    }

    [Theory]
    [InlineData("hero,,spec", "but 'hero,,spec' contains an empty choice")]
    [InlineData("hero,", "contains an empty choice")]
    [InlineData("", "contains an empty choice")]
    [InlineData("hero,spec,hero", "'visual_type' contains 'hero' more than once.")]
    [InlineData("hero,spek", "not 'spek'; did you mean 'spec'?")]
    [InlineData("hero,spek", "'visual_type' must be one or more of hero, feature, scene, detail, spec, comparison or brand_story, joined by commas")]
    public void Compose_refuses_choices_that_the_service_would_refuse_or_bill_twice(string given, string expected) =>
        Assert.Contains(expected, SomeModel.Fail(Model, Request(given)).Message, StringComparison.Ordinal);

    [Fact]
    public void Compose_refuses_a_list_with_an_empty_element_or_without_elements()
    {
        Assert.Contains("empty choice", SomeModel.Fail(Model, Request(new[] { "hero", "" })).Message, StringComparison.Ordinal);
        Assert.Contains("empty choice", SomeModel.Fail(Model, Request(new object?[] { null })).Message, StringComparison.Ordinal);
        Assert.Contains("empty choice", SomeModel.Fail(Model, Request(Array.Empty<string>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_does_not_split_a_choice_that_contains_a_comma()
    {
        ModelSchema schema = RawSchema.Parse("m", """{"properties":{"set":{"type":"string","enum":["a,b","c"],"x-multiple":true}}}""").Read();

        Assert.Equal("a,b", Requests.RequestComposer.Compose(Set("a,b"), null, schema).Body["set"]!.GetValue<string>());
        Assert.Contains("not 'a'", Assert.Throws<AtlasCloudException>(() => Requests.RequestComposer.Compose(Set("a,b,c"), null, schema)).Message, StringComparison.Ordinal);

        static GenerationRequest Set(string value) => new() { Model = "m", Parameters = new Hashtable { ["set"] = value } };
    }

    [Fact]
    public void Compose_accepts_one_choice_only_if_the_schema_does_not_allow_several() =>
        Assert.Contains(
            "'visual_type' must be product_hero, product_detail or promo_poster, not 'product_hero,promo_poster'",
            SomeModel.Fail("atlascloud-studio-product-visuals", new GenerationRequest
            {
                Model = "a/b",
                Prompt = "x",
                Images = SomeModel.Media("a.png"),
                Parameters = new Hashtable { ["visual_type"] = "product_hero,promo_poster" },
            }).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Schema_describes_several_choices_and_keeps_a_default_of_several()
    {
        Assert.True(SomeModel.Schema(Model).Get("visual_type").AllowsMultiple);
        Assert.False(SomeModel.Schema(Model).Get("ratio").AllowsMultiple);
        Assert.Equal("a,c", RawSchema.Parse("m", """{"properties":{"set":{"enum":["a","b","c"],"default":"a,c","x-multiple":true}}}""").Read().Get("set").Default);
        Assert.Equal("a", RawSchema.Parse("m", """{"properties":{"set":{"enum":["a","b","c"],"default":"a,z","x-multiple":true}}}""").Read().Get("set").Default);
    }

    private static GenerationRequest Request(object value) => new() { Model = "a/b", Parameters = new Hashtable { ["visual_type"] = value } };

    private static string Compose(object value) => SomeModel.Compose(Model, Request(value));
}
