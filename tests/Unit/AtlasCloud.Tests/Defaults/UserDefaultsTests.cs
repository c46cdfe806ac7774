using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>The file of the user's defaults.</summary>
public sealed class UserDefaultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Join(_folder.Path, "config", "defaults.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_file_contains_no_defaults()
    {
        UserDefaults defaults = UserDefaults.Load(File);

        Assert.Equal((null, null, null, File), (defaults.ImageModel, defaults.Name, defaults.ThrottleLimit, defaults.Path));
        Assert.Null(UserDefaults.Load(null).Path);
    }

    [Fact]
    public void Values_are_the_same_after_they_were_saved()
    {
        UserDefaults defaults = new()
        {
            Path = File,
            ImageModel = "a/image",
            VideoModel = "a/video",
            AudioModel = "a/audio",
            ChatModel = "a/chat",
            Destination = "~/Pictures",
            Name = "{model}-{index}",
            ThrottleLimit = 4,
        };

        defaults.Save();

        UserDefaults read = UserDefaults.Load(File);
        Assert.Equal(
            (defaults.ImageModel, defaults.VideoModel, defaults.AudioModel, defaults.ChatModel, defaults.Destination, defaults.Name, defaults.ThrottleLimit),
            (read.ImageModel, read.VideoModel, read.AudioModel, read.ChatModel, read.Destination, read.Name, read.ThrottleLimit));
        Assert.Equal(["a/image", "a/video", "a/audio"], new[] { GenerationKind.Image, GenerationKind.Video, GenerationKind.Audio }.Select(k => read.GetModel(k)));
    }

    [Fact]
    public void Save_keeps_members_that_are_not_known_and_removes_values_that_are_null()
    {
        Write("""
            {
              "ImageModel": "a/b",
              "future": { "x": [1] },
              "throttleLimit": 3,
            }
            """);

        (UserDefaults.Load(File) with { ImageModel = null, ChatModel = "c/d" }).Save();

        Assert.Equal("""{"future":{"x":[1]},"chatModel":"c/d","throttleLimit":3}""", JsonNode.Parse(System.IO.File.ReadAllText(File))!.ToJsonString());
    }

    [Fact]
    public void Unknown_members_are_returned_with_their_lines() =>
        Assert.Equal(["colour (line 2)", "api_key (line 4)"], Load("""
            {
              "colour": "red",
              "name": "{id}",
              "api_key": "apikey-3f9a1c7e5b2d4860"
            }
            """).UnknownMembers);

    [Fact]
    public void Folder_or_empty_file_is_described_as_the_file_of_defaults()
    {
        Write("");
        AtlasCloudException empty = Assert.Throws<AtlasCloudException>(() => UserDefaults.Load(File));
        System.IO.File.Delete(File);
        Directory.CreateDirectory(File);
        AtlasCloudException folder = Assert.Throws<AtlasCloudException>(() => UserDefaults.Load(File));

        Assert.Equal($"The file of defaults '{File}' cannot be used: it is empty or not a regular file.", empty.Message);
        Assert.Equal($"The file of defaults '{File}' cannot be used: it is a folder.", folder.Message);
        Assert.All([empty, folder], e => Assert.Equal(AtlasCloudErrorReason.DefaultsInvalid, e.Reason));
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\"\n  \"chatModel\": \"y\"\n}", 3)]
    [InlineData("{\n  // why\n}", 2)]
    [InlineData("{\n  \"name\": 5\n}", 2)]
    [InlineData("{\n\n  \"imageModel\": [\"a\"]\n}", 3)]
    [InlineData("{\n  \"throttleLimit\": \"16\"\n}", 2)]
    [InlineData("{\n  \"throttleLimit\": 0\n}", 2)]
    [InlineData("{\n  \"throttleLimit\": 257\n}", 2)]
    [InlineData("{\n  \"throttleLimit\": 1.5\n}", 2)]
    [InlineData("{\n  \"name\": \"x\",\n  \"Name\": \"y\"\n}", 3)]
    [InlineData("{\n  \"name\": \" \"\n}", 2)]
    [InlineData("{\n  \"name\": \"\\ud800\"\n}", 2)]
    [InlineData("{\n  \"chatModel\": \"apikey-3f9a1c7e5b2d4860\"\n}", 2)]
    [InlineData("{\n}\n{}", 3)]
    [InlineData("[]", 1)]
    [InlineData("{\n  \"x\": [[[[[[[[[[1]]]]]]]]]]\n}", 2)]
    public void Error_names_the_file_and_the_line(string content, int line)
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => Load(content));

        Assert.Equal(AtlasCloudErrorReason.DefaultsInvalid, error.Reason);
        Assert.Contains($"'{File}', line {line},", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("3f9a1c7e", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_order_mark_of_an_editor_is_accepted()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, """{"name":"{id}"}""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("{id}", UserDefaults.Load(File).Name);
    }

    [Theory]
    [InlineData("apikey-3f9a1c7e5b2d4860")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void Value_that_is_not_valid_is_not_saved(string value)
    {
        Assert.Equal(AtlasCloudErrorReason.DefaultsInvalid, Assert.Throws<AtlasCloudException>(new UserDefaults { Path = File, Name = value }.Save).Reason);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void File_with_a_mistake_is_not_overwritten()
    {
        Write("{ \"name\": ");

        Assert.Equal(AtlasCloudErrorReason.DefaultsInvalid, Assert.Throws<AtlasCloudException>(new UserDefaults { Path = File, Name = "{id}" }.Save).Reason);
        Assert.Equal("{ \"name\": ", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Location_of_a_value_is_its_line() => Assert.Equal($"{File}, line 3", Load("{\n\n\"name\":\"x\"}").Locate(nameof(UserDefaults.Name)));

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, content);
    }

    private UserDefaults Load(string content)
    {
        Write(content);
        return UserDefaults.Load(File);
    }
}
