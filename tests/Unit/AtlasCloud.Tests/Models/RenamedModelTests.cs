using AtlasCloud.Json;
using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class RenamedModelTests
{
    private static readonly Model[] s_all = [.. ((System.Text.Json.JsonElement?)Fixture.Json("models.json").GetProperty("data")).Items().Select(Model.Read).OfType<Model>()];
    private static readonly Model[] s_visible = [.. s_all.Where(m => !m.IsHidden)];

    [Theory]
    [InlineData("alibaba/wan-2.6/t2v-720p", "alibaba/wan-2.6/text-to-video", "size", "1280*720")]
    [InlineData("Alibaba/WAN-2.6/t2v-1080p", "alibaba/wan-2.6/text-to-video", "size", "1920*1080")]
    [InlineData("alibaba/wan-2.6/i2v-720p", "alibaba/wan-2.6/image-to-video", "resolution", "720p")]
    [InlineData("alibaba/wan-2.6/i2v-1080p", "alibaba/wan-2.6/image-to-video", "resolution", "1080p")]
    [InlineData("alibaba/wan-2.6/i2v-720p-fast", "alibaba/wan-2.6/image-to-video-flash", "resolution", "720p")]
    [InlineData("alibaba/wan-2.6/v2v-720p-fast", "alibaba/wan-2.6/video-to-video", "size", "1280*720")]
    [InlineData("bytedance/seedance-v1.5-pro-t2v-480p", "bytedance/seedance-v1.5-pro/text-to-video", "resolution", "480p")]
    [InlineData("bytedance/seedance-v1.5-pro-i2v-720p", "bytedance/seedance-v1.5-pro/image-to-video", "resolution", "720p")]
    [InlineData("bytedance/seedance-v1.5-pro-i2v-720p-fast", "bytedance/seedance-v1.5-pro/image-to-video-fast", "resolution", "720p")]
    public void Resolve_returns_the_current_model_of_a_former_name(string name, string id, string input, string value)
    {
        ModelMatch match = ModelResolver.Resolve(name, s_visible);

        Assert.Equal((id, input, value), (match.Model.Id, match.ImpliedInput?.Input, match.ImpliedInput?.Value));
    }

    [Theory]
    [InlineData("kling-v2.0", "'kwaivgi/kling-v2.0-i2v-master', 'kwaivgi/kling-v2.0-t2v-master'", "makes videos from text")]
    [InlineData("alibaba/wan-2.2/animate", "'alibaba/wan-2.2/animate-mix', 'alibaba/wan-2.2/animate-move'", "Mode 'animate' is now alibaba/wan-2.2/animate-move")]
    public void Resolve_throws_ModelAmbiguous_when_a_former_name_was_split(string name, string expected, string explanation)
    {
        AtlasCloudException ambiguous = Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve(name, s_visible, "Video"));

        Assert.Equal(AtlasCloudErrorKind.ModelAmbiguous, ambiguous.Kind);
        Assert.Contains(expected, ambiguous.Message, StringComparison.Ordinal);
        Assert.Contains(explanation, ambiguous.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alibaba/wan-2.6/t2v-720p", "'alibaba/wan-2.6/text-to-video'")]
    [InlineData("kling-v2.0", "'kwaivgi/kling-v2.0-t2v-master' or 'kwaivgi/kling-v2.0-i2v-master'")]
    public void Resolve_keeps_a_former_name_that_the_catalog_still_lists_and_names_the_current_one(string name, string current)
    {
        ModelMatch match = ModelResolver.Resolve(name, s_all);

        Assert.Equal(name, match.Model.Id);
        Assert.Contains($"use {current} instead.", match.DescribeRename(name), StringComparison.Ordinal);
        Assert.Null(match.ImpliedInput);
    }

    [Fact]
    public void Resolve_treats_a_visible_name_as_current()
    {
        Model[] catalog = [new() { Id = "alibaba/wan-2.6/t2v-720p", Type = "Video" }, new() { Id = "alibaba/wan-2.6/text-to-video", Type = "Video" }];

        Assert.Equal(new ModelMatch(catalog[0]), ModelResolver.Resolve("alibaba/wan-2.6/t2v-720p", catalog));
    }

    [Fact]
    public void Resolve_keeps_a_hidden_former_name_without_a_replacement()
    {
        Model[] catalog = [new() { Id = "alibaba/wan-2.6/t2v-720p", Type = "Video", IsHidden = true }];

        Assert.Equal(new ModelMatch(catalog[0]), ModelResolver.Resolve("alibaba/wan-2.6/t2v-720p", catalog));
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("alibaba/wan-2.6/i2v-720p", catalog));
    }

    [Fact]
    public async Task CreateAsync_adds_the_implied_input_and_warns_about_a_former_name()
    {
        StubHandler service = Service();
        List<string> warnings = [];
        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { lock (warnings) { warnings.Add(text); } } }).Listen())
        {
            await Some.Client(service).Predictions.CreateAsync(Some.Request("alibaba/wan-2.6/t2v-1080p"), GenerationKind.Video);
        }

        System.Text.Json.Nodes.JsonObject sent = service.SeenAt("/model/generate")[0].Json;
        Assert.Equal(("alibaba/wan-2.6/text-to-video", "1920*1080"), (sent["model"]!.GetValue<string>(), sent["size"]!.GetValue<string>()));
        Assert.Contains("'alibaba/wan-2.6/text-to-video' is used instead, with size 1920*1080", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CreateAsync_prefers_the_size_of_the_request_to_the_implied_one(bool byParameters)
    {
        StubHandler service = Service();
        GenerationRequest request = Some.Request("alibaba/wan-2.6/t2v-1080p");
        request = byParameters
            ? request with { Parameters = new Dictionary<string, object?> { ["Size"] = "960*960" } }
            : request with { Size = "960x960" };

        await Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Video);

        Assert.Equal("960*960", service.SeenAt("/model/generate")[0].Json["size"]!.GetValue<string>());
    }

    private static StubHandler Service() => new StubHandler()
        .When("/api/v1/models", StubReply.Of(200, Shown(), "application/json"))
        .When("/model/schema/alibaba-wan-2.6-text-to-video.json", StubReply.Of(200, Fixture.Bytes("schemas/alibaba-wan-2.6-text-to-video.json"), "application/json"))
        .When("/model/generateVideo", Fixture.Reply("submit/image-processing.json"));

    private static byte[] Shown()
    {
        System.Text.Json.Nodes.JsonObject catalog = System.Text.Json.Nodes.JsonNode.Parse(Fixture.Bytes("models.json"))!.AsObject();
        System.Text.Json.Nodes.JsonArray data = catalog["data"]!.AsArray();
        foreach (System.Text.Json.Nodes.JsonNode? hidden in data.Where(m => m!["display_console"]?.GetValue<bool>() == false).ToArray())
        {
            data.Remove(hidden);
        }

        return System.Text.Encoding.UTF8.GetBytes(catalog.ToJsonString());
    }
}
