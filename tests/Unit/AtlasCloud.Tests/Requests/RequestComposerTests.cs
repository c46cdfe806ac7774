using System.Collections;
using AtlasCloud.Models;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class RequestComposerTests
{
    private const string Veo = "google-veo3.1-text-to-video";

    public static TheoryData<string> Schemas => Fixture.Files("schemas");

    [Fact]
    public void What_is_given_by_its_own_name_wins() =>
        Assert.Equal("""{"duration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["duration"] = 4 }) with { Duration = 8 }));

    [Fact]
    public void A_name_in_another_case_is_sent_in_the_schemas_spelling() =>
        Assert.Equal("""{"duration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["Duration"] = "4" })));

    [Fact]
    public void An_unknown_name_is_refused() =>
        Assert.Contains("'durration'", SomeModel.Fail(Veo, SomeModel.Request(new Hashtable { ["durration"] = 4 })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_is_sent_where_checks_are_skipped() =>
        Assert.Equal("""{"durration":4}""", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["durration"] = 4 }) with { SkipValidation = true }));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        GenerationRequest request = SomeModel.Request(new Hashtable { ["bogus"] = 1 }) with { Prompt = null, Count = 2, Images = SomeModel.Media("a.png") };

        string message = SomeModel.Fail(Veo, request).Message;

        Assert.All((string[])["'bogus'", "the number of results", "an image", "'prompt' is required", "Nothing was submitted"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_lists_what_the_model_takes() =>
        Assert.Contains("prompt (required)", SomeModel.Fail(Veo, SomeModel.Request() with { Prompt = null }).Allowed);

    [Theory]
    [InlineData("ratoi", "It has no input 'ratoi'; did you mean 'ratio'?")]
    [InlineData("aspect_ratio", "It has no input 'aspect_ratio'; did you mean 'ratio'?")]
    [InlineData("generateAudio", "It has no input 'generateAudio'; did you mean 'generate_audio'?")]
    [InlineData("wobble", "It has no input 'wobble'.")]
    public void An_unknown_name_brings_the_nearest_to_mind(string name, string expected) =>
        Assert.Contains(expected, SomeModel.Fail("bytedance-seedance-2.5-text-to-video", SomeModel.Request(new Hashtable { [name] = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Invalid_request_names_its_model() =>
        Assert.Equal("a/b", SomeModel.Fail(Veo, SomeModel.Request() with { Prompt = null }).Model);

    [Fact]
    public void A_long_clip_in_high_resolution_is_refused_with_the_reason() =>
        Assert.Equal(
            "The request does not fit a/b: 'duration' must be 8 when 'resolution' is 1080p or 4k, not '4'. Nothing was submitted.",
            SomeModel.Fail(Veo, SomeModel.Request() with { Duration = 4, Resolution = "4K" }).Message);

    [Fact]
    public void A_missing_choice_is_told_with_what_it_can_be()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"resolution":{"type":"string","enum":["720p","4k"]}},"required":["resolution"]}"""))!;

        Assert.Contains(
            "'resolution' is required and must be 720p or 4k.",
            Assert.Throws<AtlasCloudException>(() => RequestComposer.Compose(new GenerationRequest { Model = "a/b" }, null, schema)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_stands_for_an_upload_is_not_judged_as_text()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"image":{"type":"string","format":"uri","maxLength":3,"pattern":"^https://"}}}"""))!;
        GenerationRequest request = new() { Model = "a/b", Images = [MediaSource.FromFile("photo")] };

        Assert.Equal(Path.GetFullPath("photo") + "\0", RequestComposer.Compose(request, null, schema).Body["image"]!.GetValue<string>());
    }

    [Fact]
    public void A_default_that_its_own_schema_forbids_is_no_fault_of_the_request()
    {
        ModelSchema schema = SchemaReader.Read(Some.Json("""{"properties":{"seed":{"type":"integer","default":-1,"minimum":0},"ratio":{"type":"string","default":7}},"required":["seed","ratio"]}"""))!;

        Assert.Equal("""{"model":"a/b","ratio":7,"seed":-1}""", RequestComposer.Compose(new GenerationRequest { Model = "a/b" }, null, schema).Body.ToJsonString());
    }

    [Fact]
    public void Only_required_inputs_get_their_default() =>
        Assert.Equal("""{"refers":[{"url":"https://example.com/a.png","type":"image"}],"resolution":"2K","duration":8}""",
            SomeModel.Compose("minimax-h3-reference-to-video", SomeModel.Request() with { Images = SomeModel.Media("a.png") }));

    [Fact]
    public void Several_images_for_a_model_that_takes_one_are_refused() =>
        Assert.Contains("not 2", SomeModel.Fail("alibaba-wan-2.6-image-to-video", SomeModel.Request() with { Images = SomeModel.Media("a.png", "b.png") }).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_and_empty_text_are_left_out() =>
        Assert.Equal("{}", SomeModel.Compose(Veo, SomeModel.Request(new Hashtable { ["negative_prompt"] = null }) with { Resolution = "", Size = "" }));

    [Fact]
    public void A_webhook_is_sent_beside_the_inputs() =>
        Assert.Equal("""{"webhook_url":"https://example.com/hook"}""", SomeModel.Compose(Veo, SomeModel.Request() with { WebhookUri = new Uri("https://example.com/hook") }));

    [Fact]
    public void A_local_file_is_replaced_by_its_upload()
    {
        string path = Path.GetFullPath("photo.png");
        GenerationRequest request = SomeModel.Request() with { Images = [MediaSource.FromFile(path)] };

        ComposedRequest composed = RequestComposer.Compose(request, null, null);
        composed.SetAddresses(new Dictionary<string, string> { [path] = "https://example.com/up.png" });

        Assert.Equal("https://example.com/up.png", composed.Body["image"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_recorded_model_can_be_asked_by_friendly_names_alone(string file)
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
