using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>Hosts that send something else than the result, and services that describe it in an unknown way.</summary>
public sealed class HostileHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Body_without_a_length_that_ends_early_is_resumed()
    {
        byte[] image = BigPng();
        StubReply cut = StubReply.With(200, () => new StreamContent(new DrippingStream(image[..20_000], 5000)), "image/png", ("ETag", "\"one\""));
        RangeHost host = new(image);
        StubHandler service = new(cut, host.Reply);

        SavedFile file = await SaveAsync(service);

        Assert.Equal(image, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal("bytes=20000-", service.Seen[1].Header("Range"));
    }

    [Fact]
    public async Task Body_without_a_length_that_always_ends_early_is_not_saved()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Stream(() => new DrippingStream(BigPng()[..20_000], 5000), "image/png"));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => SaveAsync(service));

        Assert.Contains("incomplete or damaged", failed.Message, StringComparison.Ordinal);
        Assert.Equal(4, service.Seen.Count);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Damaged_file_with_a_length_is_downloaded_again_from_the_start()
    {
        byte[] damaged = [.. Bytes.Png[..40], .. new byte[500]];
        StubHandler service = new(StubReply.Of(200, damaged, "image/png", ("ETag", "\"one\"")), StubReply.Of(200, Bytes.Png, "image/png"));

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync((await SaveAsync(service)).Path));
        Assert.Null(service.Seen[1].Header("Range"));
    }

    [Fact]
    public async Task Damaged_content_in_the_response_is_not_saved()
    {
        Output output = new() { Value = "x", Data = Bytes.Png[..40], Source = ModelKind.Image, Index = 1 };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(new StubHandler()).Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorReason.ContentNotAResult, failed.Reason);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("<h1>502")]
    [InlineData("Access denied")]
    [InlineData("[]")]
    [InlineData("<!-- x --><html>")]
    public async Task Message_in_place_of_a_picture_leaves_the_entry_open(string body)
    {
        AtlasCloudClient client = Client(["https://a.example/1.png"], StubReply.Text(body, 200, "image/png"));
        SavePlan plan = await PlanAsync(client);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Saver(client).SaveAsync(plan.Files[0]));

        Assert.Equal((AtlasCloudErrorKind.DownloadIncomplete, AtlasCloudErrorReason.ContentNotAResult), (failed.Kind, failed.Reason));
        Assert.Equal(JournalState.Succeeded, Assert.Single(await client.Journal.ListAsync()).State);
    }

    [Fact]
    public async Task Content_of_an_unknown_type_is_saved_as_such_and_leaves_the_entry_open()
    {
        AtlasCloudClient client = Client(["https://a.example/1.png"], StubReply.Of(200, Bytes.Hex("0102030405"), "image/png"));
        SavePlan plan = await PlanAsync(client);

        SavedFile file = await Saver(client).SaveAsync(plan.Files[0]);

        Assert.Equal(".bin", Path.GetExtension(file.Path));
        Assert.Equal(JournalState.Succeeded, Assert.Single(await client.Journal.ListAsync()).State);
    }

    [Fact]
    public async Task Readable_output_is_saved_and_the_unreadable_one_is_reported()
    {
        AtlasCloudClient client = Client(["https://a.example/1.png", null], StubReply.Of(200, Bytes.Png, "image/png"));
        SavePlan plan = await PlanAsync(client);

        SavedFile file = await Saver(client).SaveAsync(plan.Files[0]);
        AtlasCloudException told = await Assert.ThrowsAsync<AtlasCloudException>(() => Saver(client).SaveAsync(plan.Files[1]));

        Assert.True(File.Exists(file.Path));
        Assert.Equal((2, AtlasCloudErrorKind.UnexpectedReply, AtlasCloudErrorReason.OutputsUnreadable), (plan.Files.Count, told.Kind, told.Reason));
        Assert.Equal(JournalState.Succeeded, Assert.Single(await client.Journal.ListAsync()).State);
    }

    [Fact]
    public async Task Entry_of_a_prediction_whose_outputs_cannot_be_read_stays_open()
    {
        AtlasCloudClient client = Client([null], StubReply.Of(200, Bytes.Png));

        AtlasCloudException told = await Assert.ThrowsAsync<AtlasCloudException>(() => PlanAsync(client));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, told.Kind);
        Assert.Equal(JournalState.Succeeded, Assert.Single(await client.Journal.ListAsync()).State);
    }

    private async Task<SavePlan> PlanAsync(AtlasCloudClient client) => await Saver(client).PlanAsync(await client.Predictions.CreateAsync(Some.Request()));

    private OutputSaver Saver(AtlasCloudClient client) => client.Outputs.CreateSaver(new SaveOptions { Folder = Path.Join(_folder.Path, "out") });

    // Null stands for an output in a shape that is not known.
    private AtlasCloudClient Client(string?[] outputs, StubReply file)
    {
        string items = string.Join(',', outputs.Select(o => o is null ? """{"asset":"a-1"}""" : $"\"{o}\""));
        StubHandler service = Some.Service()
            .When("/model/generate", Some.State("processing"))
            .When("/model/prediction/", Some.State("completed", extra: $$""","outputs":[{{items}}]"""))
            .When("/1.png", file);
        return _folder.Own(Some.Client(service, _clock, new AtlasCloudOptions { ApiKey = Some.Key, JournalPath = Path.Join(_folder.Path, "journal.jsonl") }));
    }

    private Task<SavedFile> SaveAsync(StubHandler service) => Some.Client(service, _clock).Outputs.SaveAsync(
        new Output { Value = "x", Uri = new Uri("https://a.example/a"), Source = ModelKind.Image, Index = 1, PredictionId = Some.Id }, new SaveTarget(_folder.Path, "name", false), default);

    // The pixel data of the small image is preceded by a large chunk of text.
    private static byte[] BigPng() => [.. Bytes.Png[..33], 0, 0, 0x9C, 0x40, .. "tEXt"u8, .. new byte[40_000], 0, 0, 0, 0, .. Bytes.Png[33..]];
}
