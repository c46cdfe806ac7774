using System.Text.Json;
using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

/// <summary>Results in shapes that the API reference does not name.</summary>
public sealed class OutputShapeTests
{
    private const string Png = "https://a.example/1.png";
    private const string Mp4 = "https://a.example/2.mp4";

    [Theory]
    [InlineData("""{"outputs":{"url":"https://a.example/1.png"}}""")]
    [InlineData("""{"outputs":{"0":"https://a.example/1.png"}}""")]
    [InlineData("""{"outputs":{"images":["https://a.example/1.png"]}}""")]
    [InlineData("""{"outputs":{"images":[{"image":{"url":"https://a.example/1.png"}}]}}""")]
    [InlineData("""{"outputs":[["https://a.example/1.png"]]}""")]
    [InlineData("""{"outputs":[[[{"file":{"url":"https://a.example/1.png"}}]]]}""")]
    [InlineData("""{"outputs":[{"file":{"url":"https://a.example/1.png"}}]}""")]
    [InlineData("""{"outputs":[{"file_url":"https://a.example/1.png"}]}""")]
    [InlineData("""{"outputs":[{"unheard_of":"https://a.example/1.png"}]}""")]
    [InlineData("""{"outputs":[{"type":"image","format":"png","url":" https://a.example/1.png ","input":{"image":"https://a.example/in.png"}}]}""")]
    [InlineData("""{"outputs":[],"output":{"file":{"href":"https://a.example/1.png"}}}""")]
    [InlineData("""{"outputs":null,"images":[{"url":"https://a.example/1.png"}]}""")]
    [InlineData("""{"images":["https://a.example/1.png"],"input":{"image":"https://a.example/in.png"}}""")]
    [InlineData("""{"file":{"url":"https://a.example/1.png"},"urls":{"get":"https://a.example/get"}}""")]
    [InlineData("""{"file_url":"https://a.example/1.png"}""")]
    [InlineData("""{"result":{"data":{"items":[{"asset":{"uri":"https://a.example/1.png"}}]}}}""")]
    public void Address_is_found_in_any_nesting(string members)
    {
        Prediction read = Read(members);

        Assert.Equal(PredictionState.Succeeded, read.State);
        Assert.Equal(Png, Assert.Single(read.Outputs).Uri?.AbsoluteUri);
        Assert.False(read.HasUnreadOutputs);
    }

    [Theory]
    [InlineData("""{"outputs":[{"video":{"url":"https://a.example/2.mp4"},"images":[{"url":"https://a.example/1.png"}]}]}""")]
    [InlineData("""{"outputs":[{"video_url":"https://a.example/2.mp4","image_url":"https://a.example/1.png"}]}""")]
    [InlineData("""{"outputs":{"a":["https://a.example/2.mp4"],"b":{"c":"https://a.example/1.png"}}}""")]
    public void All_addresses_of_an_object_are_outputs(string members) =>
        Assert.Equal([Mp4, Png], Read(members).Outputs.Select(o => o.Value));

    [Fact]
    public void Address_in_a_member_named_as_a_preview_is_a_thumbnail()
    {
        Prediction read = Read("""{"outputs":[{"video":{"file":"https://a.example/2.mp4"},"cover_image":{"url":"https://a.example/1.png"}}]}""");

        Assert.Equal([(Mp4, OutputRole.Result), (Png, OutputRole.Thumbnail)], read.Outputs.Select(o => (o.Value, o.Role)));
    }

    [Theory]
    [InlineData("""{"outputs":[{"asset_id":"a-1","width":512}]}""", "outputs")]
    [InlineData("""{"outputs":{"asset_id":"a-1"}}""", "outputs")]
    [InlineData("""{"outputs":[17]}""", "outputs")]
    [InlineData("""{"outputs":["Access denied"]}""", "outputs")]
    [InlineData("""{"outputs":["s3://bucket/1.png"]}""", "outputs")]
    [InlineData("""{"outputs":["data:image/png;base64,%%%"]}""", "outputs")]
    [InlineData("""{"outputs":[[[[[[[[[[[["https://a.example/1.png"]]]]]]]]]]]]}""", "outputs")]
    [InlineData("""{"output":{"text":"Access denied"}}""", "output")]
    [InlineData("""{"files":[{"name":"a.glb"}]}""", "files")]
    [InlineData("""{"images":[{"id":"a-1"}]}""", "images")]
    public void Outputs_that_cannot_be_read_are_kept_and_are_not_a_failure(string members, string name)
    {
        Prediction read = Read(members);

        Assert.Equal((PredictionState.Succeeded, true, 0), (read.State, read.HasUnreadOutputs, read.Outputs.Count));
        Assert.NotNull(read.AdditionalProperties[name]);
        AtlasCloudException told = PredictionErrors.Find(read)!;
        Assert.Equal((AtlasCloudErrorKind.UnexpectedReply, AtlasCloudErrorReason.OutputsUnreadable), (told.Kind, told.Reason));
        Assert.Equal(read.Id, told.PredictionId);
    }

    [Theory]
    [InlineData(ModelKind.Transcription)]
    [InlineData(ModelKind.Music)]
    [InlineData(ModelKind.Speech)]
    [InlineData(ModelKind.Chat)]
    [InlineData(ModelKind.Unknown)]
    public void Text_is_a_result_of_models_that_can_make_text(ModelKind kind)
    {
        Prediction read = Read("""{"outputs":["Access denied",{"text":"hello"}]}""", kind);

        Assert.Equal(["Access denied", "hello"], read.Outputs.Select(o => o.Text));
        Assert.Null(PredictionErrors.Find(read));
    }

    [Theory]
    [InlineData("""{"outputs":[]}""")]
    [InlineData("""{"outputs":{}}""")]
    [InlineData("""{"outputs":[null,"",{},[]]}""")]
    [InlineData("""{"outputs":null,"stt_result":null,"lyrics_result":{}}""")]
    [InlineData("""{"input":{"image":"https://a.example/in.png"},"urls":{"get":"https://a.example/get"}}""")]
    public void Completed_prediction_without_any_output_needs_a_second_look(string members)
    {
        Prediction read = Read(members);

        Assert.Equal((PredictionState.Failed, true), (read.State, read.NeedsSecondLook));
    }

    [Fact]
    public void Prediction_in_flight_has_no_outputs_from_other_members() =>
        Assert.Empty(PredictionReader.Read(Some.Json("""{"id":"a","status":"processing","image":{"url":"https://a.example/in.png"}}"""))!.Outputs);

    [Fact]
    public void Data_URI_without_Base64_is_content() =>
        Assert.Equal("<svg/>"u8.ToArray(), Assert.Single(Read("""{"outputs":["data:image/svg+xml,%3Csvg/%3E"]}""").Outputs).Data);

    [Fact]
    public void Search_ends_within_its_limit()
    {
        string many = string.Join(',', Enumerable.Repeat("""{"a":{"b":[1,2,3]}}""", 130_000));

        Prediction read = Read($$"""{"outputs":[{{many}},"https://a.example/1.png"]}""");

        Assert.True(read.HasUnreadOutputs);
        Assert.Empty(read.Outputs);
    }

    private static Prediction Read(string members, ModelKind kind = ModelKind.Image)
    {
        string data = $$"""{"id":"a","status":"completed",{{members.AsSpan(1)}}""";
        JsonElement json = Some.Json($$"""{"code":200,"data":{{data}}}""");
        return PredictionReader.Read(json, kind: kind)!;
    }
}
