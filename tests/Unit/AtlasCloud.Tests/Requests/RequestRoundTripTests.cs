using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Outputs;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Requests that are written to the metadata of a file and read from it again.</summary>
public sealed class RequestRoundTripTests : IDisposable
{
    private const string Uploaded = "https://storage.atlascloud.ai/uploads/1.png";
    private readonly TemporaryFolder _folder = new();
    private readonly StubHandler _handler = new();
    private readonly AtlasCloudClient _client;

    public RequestRoundTripTests() => _client = _folder.Own(Some.Client(_handler));

    public static TheoryData<string> Schemas => Fixture.Files("schemas");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Request_has_the_same_body_after_a_round_trip(string file)
    {
        RawSchema raw = RawSchema.Recorded(file);
        ModelSchema schema = raw.Read();
        foreach (JsonObject request in new ValidRequests(raw).All())
        {
            JsonObject body = Compose(schema, request);

            Request read = Request.Load(Save(body, []));

            GenerationRequest again = read.ToGenerationRequest(_client.Media) with { SkipValidation = true };
            Assert.Equal(JsonText.Write(body), JsonText.Write(InOrderOf(body, RequestComposer.Compose(again, null, schema).Body)));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Uploaded_files_are_found_and_uploaded_again(string file)
    {
        RawSchema raw = RawSchema.Recorded(file);
        ModelSchema schema = raw.Read();
        JsonObject body = Compose(schema, new ValidRequests(raw).Full());
        bool hasMedia = false;
        foreach (ModelParameter medium in schema.Parameters.Where(p => p is { MediaKind: not null, AllowedValues.Count: 0 } && body[p.Name] is not null))
        {
            JsonNode value = medium.ItemType == "object" ? new JsonObject { ["url"] = Uploaded } : JsonValue.Create(Uploaded);
            (body[medium.Name], hasMedia) = (medium.Type == "array" ? new JsonArray(value, value.DeepClone()) : value, true);
        }

        byte[] content = Encoding.UTF8.GetBytes("a picture");
        string source = _folder.Write("hills.png", content);
        Request read = Request.Load(Save(body, [Upload("hills.png", content)]));
        ComposedRequest composed = RequestComposer.Compose(read.ToGenerationRequest(_client.Media) with { SkipValidation = true }, null, schema);
        composed.SetAddresses(new Dictionary<string, string> { [source] = "https://storage.atlascloud.ai/uploads/2.png" });

        string expected = JsonText.Write(body).Replace("uploads/1.png", "uploads/2.png", StringComparison.Ordinal);
        Assert.Equal(expected, JsonText.Write(InOrderOf(body, composed.Body)));
        Assert.Equal(hasMedia, expected.Contains("uploads/2.png", StringComparison.Ordinal));
    }

    [Fact]
    public void Uploaded_file_is_found_in_another_folder_by_name_and_content()
    {
        byte[] content = [1, 2, 3];
        string other = Directory.CreateDirectory(Path.Join(_folder.Path, "inputs")).FullName;
        _folder.Write("hills.png", [3, 2, 1]);
        File.WriteAllBytes(Path.Join(other, "hills.png"), content);
        string metadata = Save(new JsonObject { ["model"] = "a/b", ["image"] = Uploaded }, [Upload("hills.png", content)]);

        Assert.Null(Assert.Single(Request.Load(metadata).Uploads).Path);
        Assert.Equal(Path.Join(other, "hills.png"), Assert.Single(Request.Load(metadata, [other]).Uploads).Path);
        Assert.Equal(Path.Join(other, "hills.png"), Assert.Single(Request.Load(metadata, [Path.Join(other, "hills.png")]).Uploads).Path);
    }

    [Fact]
    public void Missing_upload_is_an_error_that_names_file_and_input()
    {
        Request read = Request.Load(Save(new JsonObject { ["model"] = "a/b", ["image"] = Uploaded }, [Upload("hills.png", [1])]));

        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => read.ToGenerationRequest(_client.Media));

        Assert.Equal((AtlasCloudErrorReason.UploadNotFound, "image", "hills.png"), (error.Reason, error.Input, error.Value));
        Assert.Equal("https://example.com/new.png", read.ToGenerationRequest(_client.Media, new Dictionary<string, object?> { ["image"] = "https://example.com/new.png" }).Parameters!["image"]);
    }

    [Fact]
    public async Task Upload_of_the_same_client_is_used_without_the_file()
    {
        string source = _folder.Write("hills.png", [1, 2, 3]);
        _handler.When("/uploadMedia", StubReply.Json($$$"""{"data":{"download_url":"{{{Uploaded}}}"}}"""));
        Media media = await _client.Media.UploadAsync(source, cancellationToken: Some.NoStop);
        string metadata = Save(new JsonObject { ["model"] = "a/b", ["image"] = Uploaded }, [RequestUpload.Create(media)]);
        File.Delete(source);

        Assert.Equal(Uploaded, ((MediaSource)Request.Load(metadata).GetInput("image", _client.Media)!).Value);
    }

    [Fact]
    public async Task File_that_changed_since_the_import_is_not_submitted()
    {
        string source = _folder.Write("hills.png", [1, 2, 3]);
        StubHandler service = Some.Service().When("/uploadMedia", StubReply.Json($$$"""{"data":{"download_url":"{{{Uploaded}}}"}}"""));
        AtlasCloudClient client = _folder.Own(Some.Client(service));
        Request read = Request.Load(Save(new JsonObject { ["model"] = Some.ImageModel, ["images"] = new JsonArray(Uploaded) }, [Upload("hills.png", [1, 2, 3])]));
        File.WriteAllBytes(source, [4, 5, 6]);

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => client.Predictions.CreateAsync(read.ToGenerationRequest(client.Media) with { SkipValidation = true }, GenerationKind.Image, Some.NoStop));

        Assert.Equal(AtlasCloudErrorReason.FileChanged, error.Reason);
        Assert.DoesNotContain(service.Seen, r => r.Path.Contains("generate", StringComparison.Ordinal));
    }

    [Fact]
    public void Metadata_contains_no_credentials_and_no_path()
    {
        string source = _folder.Write("secret-folder-hills.png", [1]);
        JsonObject body = new()
        {
            ["model"] = "a/b",
            ["prompt"] = $"my key is {Some.Key}, Bearer abcdefgh",
            ["image"] = "https://user:pass@example.com/a.png",
            ["video"] = new JsonArray("https://example.com/b.mp4?X-Amz-Signature=feed", "https://example.com/c.mp4?id=5"),
            ["webhook_url"] = "https://example.com/hook?code=hidden",
        };

        string text = File.ReadAllText(Save(body, [Upload("hills.png", [1]) with { Path = source }]));

        Assert.All((string[])[Some.Key, "abcdefgh", "pass@", "feed", "hidden", _folder.Path, "secret-folder"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("https://example.com/c.mp4?id=5", text, StringComparison.Ordinal);
        Request read = Request.Load(Path.Join(_folder.Path, "a.png.json"));
        Assert.True(read.HadWebhook);
        Assert.Equal(AtlasCloudErrorReason.UploadNotFound, Assert.Throws<AtlasCloudException>(() => read.GetInput("image", _client.Media)).Reason);
    }

    [Fact]
    public void Metadata_of_a_saved_file_is_next_to_it()
    {
        string metadata = Save(new JsonObject { ["model"] = "a/b" }, []);
        string picture = _folder.Write("a.png", [1]);

        Assert.Equal(metadata, Request.FindMetadata(picture));
        Assert.Equal(metadata, Request.FindMetadata(metadata));
        Assert.Equal(AtlasCloudErrorReason.MetadataMissing, Assert.Throws<AtlasCloudException>(() => Request.FindMetadata(_folder.Write("b.png", [1]))).Reason);
    }

    private static RequestUpload Upload(string name, byte[] content) => new()
    {
        Address = Uploaded,
        Name = name,
        Sha256 = Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(),
        Length = content.Length,
    };

    private static JsonObject Compose(ModelSchema schema, JsonObject request) => RequestComposer.Compose(
        new GenerationRequest { Model = "a/b", Parameters = JsonValues.ToDictionary(JsonText.ToElement(request), _ => true), SkipValidation = true }, null, schema).Body;

    // The order of members has no meaning.
    private static JsonObject InOrderOf(JsonObject expected, JsonObject actual) =>
        new(expected.Select(m => m.Key).Where(actual.ContainsKey).Concat(actual.Select(m => m.Key).Where(n => !expected.ContainsKey(n))).Select(n => KeyValuePair.Create(n, actual[n]?.DeepClone())));

    private string Save(JsonObject body, IReadOnlyList<RequestUpload> uploads)
    {
        Prediction prediction = new()
        {
            Id = Some.Id,
            Model = "a/b",
            Request = JsonValues.ToDictionary(JsonText.ToElement(body), _ => true, exact: true),
            Uploads = uploads,
        };
        string text = OutputMetadata.Create(prediction, new Output { Value = "" }, new SavedFile { Path = Path.Join(_folder.Path, "a.png") }, Some.Key);
        return _folder.Write("a.png.json", Encoding.UTF8.GetBytes(text));
    }
}
