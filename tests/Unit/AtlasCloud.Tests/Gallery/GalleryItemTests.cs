using System.Diagnostics;
using System.Text;

namespace AtlasCloud.Tests;

public sealed class GalleryItemTests : IDisposable
{
    private const string Metadata = """
        {
          "id": "b072da7f39c24a5f89cfc5ddfcc01352", "model": "google/nano-banana-2/text-to-image", "file": "../../elsewhere.png",
          "created_at": "2026-11-26T00:00:00Z", "completed_at": "2026-11-26T00:00:07.5Z", "price": 0.08, "currency": "USD", "label": "mine",
          "request": { "model": "google/nano-banana-2/text-to-image", "prompt": "a fox", "seed": 7 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fox.png")]
    [InlineData("fox.png.json")]
    public void Item_is_read_from_the_file_and_from_its_metadata_file(string name)
    {
        string picture = _folder.Write("fox.png", [1]);
        _folder.Write("fox.png.json", Encoding.UTF8.GetBytes(Metadata));

        GalleryItem item = GalleryItem.FromFile(Path.Combine(_folder.Path, name));

        Assert.Equal((picture, picture + ".json"), (item.Path, item.MetadataPath));
        Assert.Equal(("a fox", "mine", 0.08m, "usd"), (item.Prompt, item.Label, item.Price, item.Currency));
        Assert.Equal((TimeSpan.FromSeconds(7.5), 7L), (item.RunTime, item.Request!["seed"]));
        Assert.Equal(MediaKind.Image, item.Kind);
    }

    [Theory]
    [InlineData("fox.png", true)]
    [InlineData("fox.txt", true)]
    [InlineData("fox.png.json", false)]
    public async Task Named_pipe_is_not_read(string name, bool isError)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        string pipe = Path.Join(_folder.Path, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        string link = Path.Join(_folder.Path, name);
        File.CreateSymbolicLink(link, pipe);
        if (isError)
        {
            Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => GalleryItem.FromFile(link)).Kind);
        }
        else
        {
            Assert.Null(GalleryItem.FromFile(_folder.Write("fox.png", [1])).MetadataPath);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"request": "text", "price": "much", "created_at": {}, "model": 5}""")]
    public void Damaged_metadata_leaves_the_file_in_the_gallery(string content)
    {
        string picture = _folder.Write("fox.png", [1]);
        _folder.Write("fox.png.json", Encoding.UTF8.GetBytes(content));

        GalleryItem item = GalleryItem.FromFile(picture);

        Assert.Equal(picture, item.Path);
        Assert.Null(item.Request);
        Assert.Null(item.Price);
    }

    [Fact]
    public void Prediction_supplies_values_that_the_metadata_does_not_contain()
    {
        string picture = _folder.Write("fox.png", [1]);
        Prediction prediction = new() { Id = Some.Id, Model = Some.ImageModel, Price = 0.5m, RunTime = TimeSpan.FromSeconds(3), Request = new() { ["prompt"] = "another" } };

        GalleryItem alone = GalleryItem.FromFile(picture, prediction);
        Assert.Equal((Some.Id, "another", 0.5m), (alone.PredictionId, alone.Prompt, alone.Price));

        _folder.Write("fox.png.json", Encoding.UTF8.GetBytes(Metadata));
        GalleryItem both = GalleryItem.FromFile(picture, prediction);
        Assert.Equal(("a fox", 0.08m, "mine"), (both.Prompt, both.Price, both.Label));
    }

    [Fact]
    public void Json_result_without_metadata_is_an_item_of_its_own()
    {
        string lyrics = _folder.Write("lyrics.json", Encoding.UTF8.GetBytes(Metadata));
        string pretending = _folder.Write("song.mp3.json", Encoding.UTF8.GetBytes("""{"lyrics": "la"}"""));

        Assert.Equal(MediaKind.Text, GalleryItem.FromFile(lyrics).Kind);
        Assert.Equal(pretending, GalleryItem.FromFile(pretending).Path);
    }

    [Fact]
    public void Missing_file_and_folder_are_errors()
    {
        string metadata = _folder.Write("gone.png.json", Encoding.UTF8.GetBytes(Metadata));

        Assert.Equal(AtlasCloudErrorReason.FileMissing, Reason(metadata));
        Assert.Equal(AtlasCloudErrorReason.FileMissing, Reason(Path.Combine(_folder.Path, "never.png")));
        Assert.Equal(AtlasCloudErrorReason.FileIsFolder, Reason(_folder.Path));
    }

    private static AtlasCloudErrorReason Reason(string path) => Assert.Throws<AtlasCloudException>(() => GalleryItem.FromFile(path)).Reason;
}
