using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests.Lies;

public sealed class ReplyLieTests
{
    [Fact]
    public async Task Poll_can_answer_with_another_ID_while_the_ledger_keeps_the_requested_one()
    {
        using Api api = WithLie("other-id");
        string id = await api.SubmitImageAsync();

        JsonObject prediction = await api.PollAsync(id);

        Assert.Equal(("00000000000000000000000000000000", "created"), ((string)prediction["id"]!, (string)prediction["status"]!));
        Assert.Equal(id, api.Emulator.Ledger[^1].PredictionId);
    }

    [Theory]
    [InlineData("repeated-key")]
    [InlineData("repeated-key-escaped")]
    [InlineData("repeated-key-spaced")]
    public async Task Key_can_be_repeated_in_values_and_names_of_members(string lie)
    {
        using Api api = WithLie(lie);
        string key = api.Emulator.ApiKey;

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());
        string text = await reply.Content.ReadAsStringAsync();
        JsonObject body = JsonNode.Parse(text)!.AsObject();

        Assert.Equal(lie == "repeated-key", text.Contains(key, StringComparison.Ordinal));
        Func<string, string> decode = lie == "repeated-key-spaced" ? value => value.Replace("\u200B", "", StringComparison.Ordinal) : value => value;
        Assert.Equal($"accepted for {key}", decode((string)body["message"]!));
        Assert.Equal($"key={key}&more", decode((string)body["data"]!["note"]!));
        Assert.Contains(body, member => decode(member.Key) == key);
        Assert.NotNull(body["data"]!["id"]);
    }

    [Fact]
    public async Task Key_of_the_request_is_repeated()
    {
        using Api api = Api.With("""{"keys":["second-key"],"rules":[{"reply":{"body":"key {key}"}}]}""");

        using HttpResponseMessage reply = await api.SendAsync(HttpMethod.Get, "/public/v1/balance", withKey: false, headers: h => h.Add("x-api-key", "second-key"));

        Assert.Equal("key second-key", await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("download-page", "\uFEFF<!--")]
    [InlineData("download-heading", "<h1>502")]
    [InlineData("download-sentence", "Access denied")]
    [InlineData("download-json", "{\"error\"")]
    [InlineData("download-empty-list", "[]")]
    public async Task Download_can_be_text_that_is_labelled_as_an_image(string lie, string start)
    {
        using Api api = WithLie(lie);
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());

        using HttpResponseMessage reply = await api.DownloadAsync((string)done["outputs"]![0]!);

        Assert.Equal((HttpStatusCode.OK, "image/png"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith(start, Encoding.UTF8.GetString(await reply.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_can_consist_of_zeros_with_the_headers_of_the_file()
    {
        using Api api = Api.With("""{"rules":[{"fault":"zeros","times":1}]}""");
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());
        string address = (string)done["outputs"]![0]!;

        using HttpResponseMessage zeros = await api.DownloadAsync(address);
        using HttpResponseMessage actual = await api.DownloadAsync(address);

        byte[] bytes = await zeros.Content.ReadAsByteArrayAsync();
        Assert.All(bytes, value => Assert.Equal(0, value));
        Assert.Equal((actual.Headers.ETag, actual.Content.Headers.ContentType), (zeros.Headers.ETag, zeros.Content.Headers.ContentType));
        Assert.Equal((await actual.Content.ReadAsByteArrayAsync()).Length, bytes.Length);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public async Task Body_can_be_cut_without_an_error_of_the_connection(int size)
    {
        using Api api = Api.With("""{"rules":[{"fault":"cut-without-length","path":"/outputs/*","times":1}]}""");
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody($",\"size\":\"{size}*{size}\""));
        string address = (string)done["outputs"]![0]!;

        using HttpResponseMessage cut = await api.DownloadAsync(address);
        using HttpResponseMessage actual = await api.DownloadAsync(address);

        byte[] all = await actual.Content.ReadAsByteArrayAsync();
        Assert.Equal(all[..(all.Length / 2)], await cut.Content.ReadAsByteArrayAsync());
        Assert.False(api.Emulator.Ledger[^2].IsAnswered);
    }

    [Fact]
    public async Task Patch_changes_adds_and_removes_members_of_the_normal_response()
    {
        using Api api = Api.With("""
            {"rules":[{"path":"*/calculate","reply":{"status":203,"headers":{"X-Id":"<{id}>"},"patch":{"data":{"price":-1},"message":null,"more":["{id}"]}}}]}
            """);

        using HttpResponseMessage reply = await api.PostAsync("/api/v1/model/calculate", Some.ImageBody());
        JsonObject body = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal((203, "<>"), ((int)reply.StatusCode, reply.Headers.GetValues("X-Id").Single()));
        Assert.Equal((-1, ""), ((int)body["data"]!["price"]!, (string)body["more"]![0]!));
        Assert.False(body.ContainsKey("message"));
        Assert.True(body.ContainsKey("code"));
    }

    [Fact]
    public async Task Patch_leaves_a_body_that_is_not_a_JSON_object()
    {
        using Api api = Api.With("""{"rules":[{"path":"/outputs/*","reply":{"patch":{"a":1}}}]}""");

        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());

        Assert.NotEmpty(await api.FirstOutputAsync(done));
    }

    private static Api WithLie(string lie) => Api.With($$"""{"rules":[{"fault":"{{lie}}"}]}""");
}
