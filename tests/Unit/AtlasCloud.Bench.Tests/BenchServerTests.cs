using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench.Tests;

public sealed class BenchServerTests
{
    [Fact]
    public async Task Server_serves_the_core_from_catalog_to_file()
    {
        BenchModel instant = BenchModel.Picture(0);
        BenchServer server = await BenchServer.StartAsync([instant]);
        await using (server.ConfigureAwait(false))
        {
            string folder = Directory.CreateTempSubdirectory("atlascloud-bench-tests-").FullName;
            using AtlasCloudClient client = new(new AtlasCloudOptions { BaseUri = new Uri(server.Address), ApiKey = "apikey-bench-0123456789abcdef" });
            string upload = Path.Join(folder, "upload.png");
            Picture.Write(upload, 100_000);

            Media media = await client.Media.UploadAsync(upload);
            Prediction prediction = await client.Predictions.CreateAsync(new GenerationRequest { Model = instant.Id, Prompt = "boat" }, GenerationKind.Image);
            PredictionWatcher watcher = client.Predictions.CreateWatcher(new WatchOptions());
            watcher.Add(prediction);
            watcher.Complete();
            WatchResult[] finished = [.. watcher.ReadAllAsync().ToBlockingEnumerable()];
            ChatChunk[] chunks = [.. client.Chat.StreamAsync(new ChatRequest
            {
                Model = BenchCatalog.ChatModel,
                Messages = [new ChatMessage { Role = "user", Text = "hello" }],
                MaximumTokens = 50,
            }).ToBlockingEnumerable()];

            Assert.Equal(BenchCatalog.Models, (await client.Models.ListAsync()).Count);
            Assert.EndsWith($"/media/{SizeOfForm(media)}", media.Uri.AbsolutePath, StringComparison.Ordinal);
            Assert.Equal(PredictionState.Succeeded, Assert.Single(finished).Prediction.State);
            Assert.Equal(50, chunks.Count(c => c.Text == "word "));
            Assert.Equal("stop", chunks[^1].Reply!.FinishReason);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("bench/picture-2000ms-4096b/text-to-image", 2000, 4096)]
    [InlineData("bench/picture-0ms-1073741824b/text-to-image", 0, 1073741824)]
    public void Model_name_states_time_and_size(string id, double milliseconds, long bytes)
    {
        Assert.Equal(BenchModel.Picture(milliseconds, bytes), BenchModel.Parse(id));
        Assert.Equal(id, BenchModel.Picture(milliseconds, bytes).Id);
    }

    // The server counts the form around the file too.
    private static string SizeOfForm(Media media)
    {
        long counted = long.Parse(media.Uri.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(counted, media.Length + 100, media.Length + 400);
        return media.Uri.Segments[^1];
    }
}
