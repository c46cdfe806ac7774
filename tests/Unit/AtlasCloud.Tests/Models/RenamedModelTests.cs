using AtlasCloud.Json;
using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class RenamedModelTests
{
    private static readonly Model[] s_whole = [.. ((System.Text.Json.JsonElement?)Fixture.Json("models.json").GetProperty("data")).Items().Select(Model.Read).OfType<Model>()];
    private static readonly Model[] s_catalog = [.. s_whole.Where(m => !m.IsHidden)];

    private static readonly GenerationRequest s_request = Some.Request("any");

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
    public void An_old_name_leads_to_its_current_model(string name, string id, string input, string value)
    {
        ModelMatch match = ModelResolver.Match(name, s_catalog);

        Assert.Equal((id, input, value), (match.Model.Id, match.Former?.Input, match.Former?.Value));
    }

    [Theory]
    [InlineData("kling-v2.0", "'kwaivgi/kling-v2.0-i2v-master', 'kwaivgi/kling-v2.0-t2v-master'")]
    [InlineData("alibaba/wan-2.2/animate", "'alibaba/wan-2.2/animate-mix', 'alibaba/wan-2.2/animate-move'")]
    public void An_old_name_that_became_two_is_not_guessed(string name, string expected)
    {
        AtlasCloudException ambiguous = Assert.Throws<AtlasCloudException>(() => ModelResolver.Match(name, s_catalog, "Video"));

        Assert.Equal(AtlasCloudErrorKind.ModelAmbiguous, ambiguous.Kind);
        Assert.Contains(expected, ambiguous.Message, StringComparison.Ordinal);
        Assert.NotEqual("Give the whole id of the one that is meant.", ambiguous.RecommendedAction);
    }

    [Theory]
    [InlineData("alibaba/wan-2.6/t2v-720p", "'alibaba/wan-2.6/text-to-video'")]
    [InlineData("kling-v2.0", "'kwaivgi/kling-v2.0-t2v-master' or 'kwaivgi/kling-v2.0-i2v-master'")]
    public void An_old_name_that_the_catalog_still_has_is_used_as_it_is_and_the_current_one_is_named(string name, string current)
    {
        ModelMatch match = ModelResolver.Match(name, s_whole);

        Assert.Equal(name, match.Model.Id);
        Assert.Contains($"Use {current}.", match.Note(name), StringComparison.Ordinal);
        Assert.Null(match.ImpliedInput);
    }

    [Fact]
    public void An_old_name_that_the_catalog_shows_is_no_old_name()
    {
        Model[] catalog = [new() { Id = "alibaba/wan-2.6/t2v-720p", Type = "Video" }, new() { Id = "alibaba/wan-2.6/text-to-video", Type = "Video" }];

        Assert.Equal(new ModelMatch(catalog[0]), ModelResolver.Match("alibaba/wan-2.6/t2v-720p", catalog));
    }

    [Fact]
    public void An_old_name_that_nothing_took_the_place_of_is_used_as_it_is()
    {
        Model[] catalog = [new() { Id = "alibaba/wan-2.6/t2v-720p", Type = "Video", IsHidden = true }];

        Assert.Equal(new ModelMatch(catalog[0]), ModelResolver.Match("alibaba/wan-2.6/t2v-720p", catalog));
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Match("alibaba/wan-2.6/i2v-720p", catalog));
    }

    [Fact]
    public async Task A_request_by_an_old_name_says_what_the_name_said_and_there_is_a_warning()
    {
        StubHandler service = Service();
        List<string> warnings = [];
        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { lock (warnings) { warnings.Add(text); } } }).Listen())
        {
            await Some.Client(service).Predictions.CreateAsync(Some.Request("alibaba/wan-2.6/t2v-1080p"), GenerationKind.Video);
        }

        System.Text.Json.Nodes.JsonObject sent = service.SeenAt("/model/generate")[0].Json;
        Assert.Equal(("alibaba/wan-2.6/text-to-video", "1920*1080"), (sent["model"]!.GetValue<string>(), sent["size"]!.GetValue<string>()));
        Assert.Contains("'alibaba/wan-2.6/text-to-video' is used in its place, with size 1920*1080", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_request_says_itself_goes_before_what_the_old_name_said(bool byParameters)
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
