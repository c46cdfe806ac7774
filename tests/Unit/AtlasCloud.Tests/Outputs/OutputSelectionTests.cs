using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Outputs;
using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

public sealed class OutputSelectionTests
{
    public static TheoryData<string> Files => Fixture.Files("prediction", "audio-*");

    [Theory]
    [InlineData("completed-seedance-2.0.json", false, "Video")]
    [InlineData("completed-seedance-2.0.json", true, "Video Image")]
    [InlineData("3d-files.json", false, "ThreeD")]
    [InlineData("3d-files.json", true, "Image ThreeD Archive")]
    [InlineData("3d-zip.json", false, "Archive")]
    [InlineData("audio-music-suno.json", false, "Audio Audio")]
    [InlineData("audio-music-suno.json", true, "Audio Audio Image")]
    [InlineData("audio-stt.json", false, "Text Text")]
    [InlineData("audio-lyrics.json", false, "Text Text")]
    public void Select_returns_the_results_and_with_all_every_output(string file, bool all, string expected) =>
        Assert.Equal(expected, string.Join(' ', OutputSelection.Select(Read(file), all).Select(o => o.Kind)));

    [Fact]
    public void Select_adds_the_details_of_a_transcript_as_JSON()
    {
        Output details = OutputSelection.Select(Read("audio-stt.json"), all: false)[1];

        Assert.Equal("application/json", details.ContentType);
        Assert.Equal("en", JsonNode.Parse(details.Text!)!["language_code"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Select_gives_each_output_a_different_index(string file)
    {
        IReadOnlyList<Output> chosen = OutputSelection.Select(Read(file), all: true);

        Assert.Equal(chosen.Count, chosen.DistinctBy(o => o.Index).Count());
    }

    [Fact]
    public async Task Both_tracks_of_a_song_are_saved_although_their_addresses_differ_only_in_the_query()
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("track=0", Track(1)).When("track=1", Track(2));
        Prediction song = Read("audio-music-suno-two-tracks.json");
        OutputSaver saver = Some.Client(host).Outputs.CreateSaver(new SaveOptions { Folder = folder.Path, NameTemplate = "song" });

        foreach (PlannedFile file in (await saver.PlanAsync(song)).Files)
        {
            await saver.SaveAsync(file);
        }

        Assert.Equal(2, host.Seen.Count);
        Assert.Equal([1, 2], folder.Names.Select(n => (int)File.ReadAllBytes(Path.Join(folder.Path, n))[^1]).Order().ToArray());
        Assert.All(folder.Names, n => Assert.EndsWith(".wav", n, StringComparison.Ordinal));

        static StubReply Track(byte last) => StubReply.Of(
            200, [.. "RIFF"u8, 38, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, .. new byte[16], .. "data"u8, 2, 0, 0, 0, 0, last], "application/octet-stream");
    }

    [Fact]
    public void Metadata_contains_the_request_and_the_file()
    {
        Prediction prediction = Read("completed-image.json") with
        {
            Request = JsonValues.ToDictionary(Some.Json("""{"model":"google/nano-banana-2/text-to-image","prompt":"a <lighthouse>","seed":7}"""), _ => true),
        };

        JsonNode notes = JsonNode.Parse(OutputMetadata.Create(prediction, prediction.Outputs[0], new SavedFile { Path = "/x/picture.png", Length = 7, Sha256 = "ab" }, key: null))!;

        Assert.Equal((7, "ab"), (notes["length"]!.GetValue<long>(), notes["sha256"]!.GetValue<string>()));
        Assert.Equal("picture.png", notes["file"]!.GetValue<string>());
        Assert.Equal(0.08m, notes["price"]!.GetValue<decimal>());
        Assert.Equal("""{"model":"google/nano-banana-2/text-to-image","prompt":"a <lighthouse>","seed":7}""", notes["request"]!.ToJsonString(new(AtlasJson.Readable) { WriteIndented = false }));
    }

    private static Prediction Read(string file) => PredictionReader.Read(Fixture.Json("prediction/" + file))!;
}
