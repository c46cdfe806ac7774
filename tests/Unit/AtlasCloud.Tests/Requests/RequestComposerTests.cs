using System.Collections;
using AtlasCloud.Models;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class RequestComposerTests
{
    private const string Veo = "google-veo3.1-text-to-video";

    public static TheoryData<string> Schemas => Fixture.Files("schemas");

    [Fact]
    public void Parameter_by_the_models_own_name_overrides_the_common_one() =>
        Assert.Equal("""{"duration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["duration"] = 4 }) with { Duration = 8 }));

    [Fact]
    public void Parameter_name_is_sent_in_the_schemas_spelling() =>
        Assert.Equal("""{"duration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["Duration"] = "4" })));

    [Fact]
    public void Unknown_parameter_is_rejected() =>
        Assert.Contains("'durration'", SomeModel.Fail(Veo, SomeModel.Request(new Hashtable { ["durration"] = 4 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Unknown_parameter_is_sent_with_SkipValidation() =>
        Assert.Equal("""{"durration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["durration"] = 4 }) with { SkipValidation = true }));

    [Fact]
    public void Error_lists_all_problems_of_the_request()
    {
        GenerationRequest request = SomeModel.Request(new Hashtable { ["bogus"] = 1 }) with { Prompt = null, Count = 2, Images = SomeModel.Media("a.png") };

        string message = SomeModel.Fail(Veo, request).Message;

        Assert.All((string[])["'bogus'", "the number of results", "an image", "'prompt' is required", "Nothing was submitted"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_lists_the_inputs_of_the_model() =>
        Assert.Contains("prompt (required)", SomeModel.Fail(Veo, SomeModel.Request() with { Prompt = null }).Allowed);

    [Theory]
    [InlineData("ratoi", "The model has no input 'ratoi'; did you mean 'ratio'?")]
    [InlineData("aspect_ratio", "The model has no input 'aspect_ratio'; did you mean 'ratio'?")]
    [InlineData("generateAudio", "The model has no input 'generateAudio'; did you mean 'generate_audio'?")]
    [InlineData("wobble", "The model has no input 'wobble'.")]
    public void Error_suggests_the_most_similar_input_for_an_unknown_parameter(string name, string expected) =>
        Assert.Contains(expected, SomeModel.Fail("bytedance-seedance-2.5-text-to-video", SomeModel.Request(new Hashtable { [name] = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Invalid_request_names_its_model() =>
        Assert.Equal("a/b", SomeModel.Fail(Veo, SomeModel.Request() with { Prompt = null }).Model);

    [Fact]
    public void Error_names_the_condition_of_a_rule_between_inputs() =>
        Assert.Equal(
            "The request is not valid for a/b: 'duration' is '4', but must be 8 when 'resolution' is 1080p or 4k. Nothing was submitted.",
            SomeModel.Fail(Veo, SomeModel.Request() with { Duration = 4, Resolution = "4K" }).Message);

    [Fact]
    public void Error_lists_the_allowed_values_of_a_missing_input()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"resolution":{"type":"string","enum":["720p","4k"]}},"required":["resolution"]}"""))!;

        Assert.Contains(
            "'resolution' is required and must be 720p or 4k.",
            Assert.Throws<AtlasCloudException>(() => RequestComposer.Compose(new GenerationRequest { Model = "a/b" }, null, schema)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Local_path_is_not_checked_against_rules_for_text()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"image":{"type":"string","format":"uri","maxLength":3,"pattern":"^https://"}}}"""))!;
        GenerationRequest request = new() { Model = "a/b", Images = [MediaSource.FromFile("photo")] };

        Assert.Equal(Path.GetFullPath("photo") + "\0", RequestComposer.Compose(request, null, schema).Body["image"]!.GetValue<string>());
    }

    [Fact]
    public void Default_that_violates_its_own_schema_is_accepted()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"seed":{"type":"integer","default":-1,"minimum":0},"ratio":{"type":"string","default":7}},"required":["seed","ratio"]}"""))!;

        Assert.Equal("""{"model":"a/b","ratio":7,"seed":-1}""", RequestComposer.Compose(new GenerationRequest { Model = "a/b" }, null, schema).Body.ToJsonString());
    }

    [Fact]
    public void Defaults_are_sent_for_required_inputs_only() =>
        Assert.Equal("""{"refers":[{"url":"https://example.com/a.png","type":"image"}],"resolution":"2K","duration":8}""",
            SomeModel.Compose("minimax-h3-reference-to-video", SomeModel.Request() with { Images = SomeModel.Media("a.png") }));

    [Fact]
    public void Several_images_are_rejected_by_a_model_that_accepts_one() =>
        Assert.Contains("not 2", SomeModel.Fail("alibaba-wan-2.6-image-to-video", SomeModel.Request() with { Images = SomeModel.Media("a.png", "b.png") }).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_and_empty_values_are_not_sent() =>
        Assert.Equal("{}", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["negative_prompt"] = null }) with { Resolution = "", Size = "" }));

    [Fact]
    public void Webhook_is_sent_next_to_the_inputs() =>
        Assert.Equal("""{"webhook_url":"https://example.com/hook"}""", SomeModel.Compose(Veo, SomeModel.Request() with { WebhookUri = new Uri("https://example.com/hook") }));

    [Fact]
    public void Local_path_is_replaced_by_the_address_of_its_upload()
    {
        string path = Path.GetFullPath("photo.png");
        GenerationRequest request = SomeModel.Request() with { Images = [MediaSource.FromFile(path)] };

        ComposedRequest composed = RequestComposer.Compose(request, null, null);
        composed.SetAddresses(new Dictionary<string, string> { [path] = "https://example.com/up.png" });

        Assert.Equal("https://example.com/up.png", composed.Body["image"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_recorded_model_accepts_a_request_with_common_inputs(string file)
    {
        ModelSchema schema = SomeModel.Schema(Path.GetFileNameWithoutExtension(file));
        GenerationRequest request = new() { Model = "a/b", Parameters = new Hashtable() };
        foreach (ModelParameter needed in schema.Parameters.Where(p => p.IsRequired && p.Default is null or ""))
        {
            request = needed.Name switch
            {
                "prompt" or "text" => request with { Prompt = "words" },
                _ when CommonInputs.GetNames(CommonInput.Image).Contains(needed.Name) => request with { Images = SomeModel.Media("a.png") },
                _ when CommonInputs.GetNames(CommonInput.Video).Contains(needed.Name) => request with { Videos = SomeModel.Media("v.mp4") },
                _ when CommonInputs.GetNames(CommonInput.Audio).Contains(needed.Name) => request with { Audios = SomeModel.Media("s.mp3") },
                _ => request with { Parameters = new Hashtable(request.Parameters!) { [needed.Name] = needed.AllowedValues.FirstOrDefault() ?? "some" } },
            };
        }

        System.Text.Json.Nodes.JsonObject body = RequestComposer.Compose(request, null, schema).Body;

        Assert.All(schema.Parameters.Where(p => p.IsRequired), p => Assert.True(body.ContainsKey(p.Name), p.Name));
    }
}
