using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Model families with inputs of their own: studio models, Suno, Seedance 2.5 (API reference, sections 14.3 to 14.5).</summary>
public sealed class NewModelFamilyTests
{
    private const string Picture = "https://static.atlascloud.ai/media/images/6b0c1c1f.png";
    private const string Clip = "https://static.atlascloud.ai/media/videos/71c8e5f0.mp4";

    private static readonly string[] s_choices = ["hero", "feature", "spec"];

    [Fact]
    public void Compose_gives_the_recorded_request_of_a_studio_model_with_several_choices() => AssertBody(
        "studio-a-plus-content",
        new GenerationRequest { Model = "", Images = [MediaSource.Parse(Picture)], AspectRatio = "1:1", Parameters = new Hashtable { ["visual_type"] = s_choices } });

    [Fact]
    public void Compose_gives_the_recorded_request_of_a_studio_model_from_common_inputs() => AssertBody(
        "studio-trend-remix",
        new GenerationRequest
        {
            Model = "",
            Prompt = "Running shoe, light and fast, street mood",
            Images = [MediaSource.Parse(Picture)],
            Videos = [MediaSource.Parse(Clip)],
            AspectRatio = "9:16",
            Resolution = "720P",
            Count = 1,
            Parameters = new Hashtable { ["generate_audio"] = true },
        });

    [Fact]
    public void Compose_gives_the_recorded_request_of_a_seedance_edit() => AssertBody(
        "video-seedance-2.5-edit",
        new GenerationRequest
        {
            Model = "",
            Prompt = "Replace the jacket in @Video1 by the one in @Image1",
            Images = [MediaSource.Parse(Picture)],
            Videos = [MediaSource.Parse(Clip)],
            AspectRatio = "adaptive",
            Duration = -1,
            Resolution = "720p",
        });

    [Fact]
    public void Order_of_references_is_kept_because_prompts_count_them()
    {
        string body = SomeModel.Compose("bytedance-seedance-2.5-reference-to-video", SomeModel.Request() with
        {
            Images = SomeModel.Media("z.png", "a.png", "m.png"),
            Videos = SomeModel.Media("2.mp4", "1.mp4"),
            Audios = SomeModel.Media("b.mp3", "a.mp3"),
        });

        Assert.Contains("\"reference_images\":[\"https://example.com/z.png\",\"https://example.com/a.png\",\"https://example.com/m.png\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"reference_videos\":[\"https://example.com/2.mp4\",\"https://example.com/1.mp4\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"reference_audios\":[\"https://example.com/b.mp3\",\"https://example.com/a.mp3\"]", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"omni_reference_task_type":"edit","duration":5}""", "'duration' must be -1")]
    [InlineData("""{"omni_reference_task_type":"edit"}""", "'duration' must be -1")]
    [InlineData("""{"omni_reference_task_type":"edit","duration":-1,"ratio":"16:9"}""", "'ratio' must be adaptive")]
    [InlineData("""{"omni_reference_task_type":"extend","ratio":"16:9"}""", "'ratio' must be adaptive")]
    [InlineData("""{"omni_reference_task_type":"edit","duration":-1,"reference_videos":["https://example.com/a.mp4","https://example.com/b.mp4"]}""", "exactly one video")]
    [InlineData("""{"omni_reference_task_type":"edit","duration":-1,"reference_videos":[]}""", "exactly one video")]
    public void Seedance_edit_that_breaks_a_rule_is_refused(string parameters, string expected) =>
        Assert.Contains(expected, SomeModel.Fail("bytedance-seedance-2.5-reference-to-video", Seedance(parameters)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"omni_reference_task_type":"edit","duration":-1}""")]
    [InlineData("""{"omni_reference_task_type":"extend"}""")]
    [InlineData("""{"omni_reference_task_type":"reference","ratio":"16:9"}""")]
    public void Seedance_request_that_keeps_the_rules_is_accepted(string parameters) =>
        Assert.Contains("v.mp4", SomeModel.Compose("bytedance-seedance-2.5-reference-to-video", Seedance(parameters)), StringComparison.Ordinal);

    [Theory]
    [InlineData("suno-chirp-v5", "instrumental", "is_instrumental")]
    [InlineData("suno-chirp-v5", "make_instrumental", "is_instrumental")]
    [InlineData("bytedance-seed3d-v2.0-image-to-3d", "file_format", "format")]
    [InlineData("bytedance-seed3d-v2.0-image-to-3d", "subdivision_level", "subdivision")]
    public void Input_with_the_name_of_another_model_is_refused_and_the_right_name_suggested(string model, string given, string expected) =>
        Assert.Contains(
            $"has no input '{given}'; did you mean '{expected}'?",
            SomeModel.Fail(model, SomeModel.Request(new Hashtable { [given] = "x" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Switch_of_yes_and_no_is_not_a_medium()
    {
        ModelSchema schema = SomeModel.Schema("atlascloud-studio-trend-remix");

        Assert.Null(schema.Get("generate_audio").MediaKind);
        Assert.Null(schema.FindCommon(CommonInput.Audio));
        Assert.Equal("product_image", schema.FindCommon(CommonInput.Image)!.Name);
        Assert.Equal("reference_video", schema.FindCommon(CommonInput.Video)!.Name);
        Assert.Equal("user_prompt", schema.FindCommon(CommonInput.Prompt)!.Name);
    }

    [Fact]
    public void Both_tracks_of_a_song_are_outputs()
    {
        Prediction song = PredictionReader.Read(Fixture.Json("prediction/audio-music-suno-two-tracks.json"))!;

        Assert.Equal([OutputRole.Result, OutputRole.Result], song.Outputs.Select(o => o.Role));
        Assert.Equal(2, song.Outputs.Select(o => o.Uri).Distinct().Count());
        Assert.Equal(0.13m, song.SettledPrice);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("output")]
    [InlineData("outputs")]
    public void Address_of_the_result_is_read_from_each_documented_member(string member) =>
        Assert.Equal(
            "https://example.com/a.mp4",
            Assert.Single(PredictionReader.Read(Some.Json($$"""{"id":"9d41f7c2083e4b6aa5e1c07fd2864b93","status":"completed","{{member}}":"https://example.com/a.mp4"}"""))!.Outputs).Uri!.AbsoluteUri);

    [Fact]
    public void Required_input_that_is_not_declared_is_demanded_and_accepts_any_value()
    {
        const string Document = """{"properties":{"prompt":{"type":"string"}},"required":["model","prompt","scene"]}""";
        ModelSchema schema = RawSchema.Parse("m", Document).Read();

        Assert.True(schema.Get("scene").IsRequired);
        Assert.Equal("""{"model":"m","scene":7,"prompt":"x"}""", RequestComposer.Compose(Given(7), null, schema).Body.ToJsonString());
        Assert.Equal("""{"model":"m","scene":{"a":true},"prompt":"x"}""", RequestComposer.Compose(Given(new Hashtable { ["a"] = true }), null, schema).Body.ToJsonString());
        Assert.Contains("'scene' is required.", Assert.Throws<AtlasCloudException>(() => RequestComposer.Compose(Given(null), null, schema)).Message, StringComparison.Ordinal);

        static GenerationRequest Given(object? scene) => new() { Model = "m", Prompt = "x", Parameters = new Hashtable { ["scene"] = scene } };
    }

    [Fact]
    public void Model_that_is_required_but_not_declared_is_not_an_input()
    {
        ModelSchema schema = SomeModel.Schema("_variant-required-undeclared");

        Assert.Equal(["prompt", "size", "quality"], schema.Parameters.Select(p => p.Name));
        Assert.Contains("has no input 'scene'", SomeModel.Fail("_variant-required-undeclared", SomeModel.Request(new Hashtable { ["scene"] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_of_all_parts_of_a_schema_are_read_and_checked()
    {
        const string Document = """
            {"allOf":[{"$ref":"#/Base"},{"properties":{"size":{"type":"integer","minimum":4},"prompt":{"maxLength":3}},"required":["size"]}],
             "Base":{"properties":{"prompt":{"type":"string"}},"required":["model","prompt"],"x-order-properties":["size","prompt"]}}
            """;
        ModelSchema schema = SchemaReader.Read(JsonDocument.Parse(Document).RootElement)!;

        Assert.Equal(["size", "prompt"], schema.Parameters.Select(p => p.Name));
        Assert.Equal("The request is not valid for m: 'size' is required and must be an integer of at least 4. Nothing was submitted.", Fail(null, "x"));
        Assert.Contains("'size' must be an integer of at least 4, not '3'.", Fail(3, "x"), StringComparison.Ordinal);
        Assert.Contains("'prompt' must be", Fail(4, "xxxx"), StringComparison.Ordinal);

        string Fail(int? size, string prompt) => Assert.Throws<AtlasCloudException>(() =>
            RequestComposer.Compose(new GenerationRequest { Model = "m", Prompt = prompt, Parameters = new Hashtable { ["size"] = size } }, null, schema)).Message;
    }

    private static GenerationRequest Seedance(string parameters) => SomeModel.Request() with
    {
        Videos = parameters.Contains("reference_videos", StringComparison.Ordinal) ? [] : SomeModel.Media("v.mp4"),
        Parameters = (IDictionary)JsonValues.FromJson(JsonDocument.Parse(parameters).RootElement)!,
    };

    private static void AssertBody(string file, GenerationRequest request)
    {
        JsonObject expected = JsonNode.Parse(Fixture.Bytes($"requests/{file}.json"))!.AsObject();
        string model = expected["model"]!.GetValue<string>();
        JsonObject body = RequestComposer.Compose(request with { Model = model }, null, SomeModel.Schema(model.Replace('/', '-'))).Body;

        Assert.True(JsonNode.DeepEquals(expected, body), body.ToJsonString());
    }
}
