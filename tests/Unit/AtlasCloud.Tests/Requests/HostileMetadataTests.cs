using System.Text;

namespace AtlasCloud.Tests;

/// <summary>Metadata files that anyone may have written.</summary>
public sealed class HostileMetadataTests : IDisposable
{
    private const string Digest = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("PNG")]
    [InlineData("[1,2]")]
    [InlineData("""{"request":"a/b","model":"a/b"}""")]
    [InlineData("""{"request":{"prompt":"x"}}""")]
    [InlineData("""{"request":{"model":5}}""")]
    [InlineData("""{"request":{"model":["a/b"]}}""")]
    [InlineData("""{"request":{"model":"a/b"},"label":{}}""")]
    [InlineData("""{"request":{"model":"a/b"},"uploads":"hills.png"}""")]
    [InlineData("""{"request":{"model":"a/b"},"uploads":["hills.png"]}""")]
    [InlineData("""{"request":{"model":"a/b"},"uploads":[{"name":"hills.png","sha256":"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"}]}""")]
    [InlineData("""{"request":{"model":"a/b"},"uploads":[{"url":"https://example.com","name":"hills.png","sha256":"abc"}]}""")]
    public void Malformed_metadata_is_an_error(string content)
    {
        AtlasCloudException error = Load(content);

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, error.Kind);
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\\\secret.png")]
    [InlineData("..")]
    public void Upload_with_a_path_is_an_error(string name) => Assert.Equal(
        AtlasCloudErrorReason.MetadataInvalid,
        Load($$"""{"request":{"model":"a/b","image":"x"},"uploads":[{"url":"x","name":"{{name}}","sha256":"{{Digest}}"}]}""").Reason);

    [Theory]
    [InlineData("""{"model":"a/b","prompt":"a fox \ud800 in fog"}""", "not valid Unicode")]
    [InlineData("""{"model":"a/b","prompt":"x","styles":["a","\udc00"]}""", "not valid Unicode")]
    [InlineData("""{"model":"a/b","prompt":"x","\ud800":1}""", "not valid Unicode")]
    [InlineData("""{"model":"a/b","prompt":"a fox","prompt":"an owl"}""", "'prompt' twice")]
    [InlineData("""{"model":"a/b","prompt":"x","camera":{"zoom":1,"zoom":2}}""", "'zoom' twice")]
    public void Request_that_would_be_read_differently_is_an_error(string request, string problem)
    {
        AtlasCloudException error = Load($$"""{"request":{{request}}}""");

        Assert.Equal(AtlasCloudErrorReason.MetadataInvalid, error.Reason);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_with_too_many_levels_is_an_error() =>
        Assert.Equal(AtlasCloudErrorReason.MetadataInvalid, Load($$$"""{"request":{"model":"a/b","x":{{{new string('[', 5000)}}}{{{new string(']', 5000)}}} } }""").Reason);

    [Fact]
    public void Metadata_that_is_too_large_is_an_error_without_being_read()
    {
        string path = Path.Join(_folder.Path, "large.json");
        using (FileStream file = new(path, FileMode.CreateNew))
        {
            file.SetLength(65L * 1024 * 1024);
        }

        Assert.Contains("larger than 64 MiB", Assert.Throws<AtlasCloudException>(() => Request.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_next_to_the_metadata_is_not_followed()
    {
        string outside = Directory.CreateTempSubdirectory("atlascloud-").FullName;
        try
        {
            string secret = Path.Join(outside, "secret.png");
            File.WriteAllBytes(secret, [1, 2, 3]);
            File.CreateSymbolicLink(Path.Join(_folder.Path, "hills.png"), secret);
            string path = _folder.Write("a.json", Encoding.UTF8.GetBytes($$"""{"request":{"model":"a/b","image":"x"},"uploads":[{"url":"x","name":"hills.png","sha256":"{{Digest}}"}]}"""));

            Assert.Null(Assert.Single(Request.Load(path).Uploads).Path);
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
        {
            // Links need a privilege there.
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hills.png")]
    public async Task Path_in_a_media_input_is_an_error_and_no_file_is_uploaded(string value)
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
            .When("/model/schema/google-nano-banana-2-edit.json", StubReply.Of(200, Fixture.Bytes("schemas/google-nano-banana-2-edit.json"), "application/json"));
        AtlasCloudClient client = _folder.Own(Some.Client(service));
        _folder.Write("hills.png", [1]);
        Request read = Request.Load(_folder.Write("a.json", Encoding.UTF8.GetBytes($$$"""{"request":{"model":"google/nano-banana-2/edit","prompt":"x","images":["{{{value}}}"]}}""")));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => client.Predictions.CreateAsync(read.ToGenerationRequest(client.Media), GenerationKind.Image, Some.NoStop));

        Assert.Contains("must be an address", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Seen, r => r.Method == HttpMethod.Post);
    }

    [Fact]
    public void Model_prompt_and_label_are_shown_without_control_characters()
    {
        Request read = Request.Load(_folder.Write("a.json", Encoding.UTF8.GetBytes("""{"request":{"model":"a\u001b[31m/b","prompt":"p\u001b[2J"},"label":"l\u001b]0;x\u0007"}""")));

        Assert.DoesNotContain(read.Model + read.Label + read.Prompt + read, c => char.IsControl(c));
        Assert.Equal("p\u001b[2J", read.Inputs["prompt"]);
    }

    private AtlasCloudException Load(string content) => Assert.Throws<AtlasCloudException>(() => Request.Load(_folder.Write("a.json", Encoding.UTF8.GetBytes(content))));
}
