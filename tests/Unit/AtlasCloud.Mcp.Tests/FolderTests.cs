using System.Diagnostics;
using System.Text.Json;
using AtlasCloud.Mcp.Safety;
using AtlasCloud.Mcp.Tests.Support;

namespace AtlasCloud.Mcp.Tests;

public sealed class FolderTests
{
    [Theory]
    [InlineData("../secret.png")]
    [InlineData("a/../../secret.png")]
    [InlineData("../in2/dot.png")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("file:///etc/passwd")]
    [InlineData("FILE:///etc/passwd")]
    [InlineData("~/secret.png")]
    public async Task Files_outside_the_input_folder_are_not_read(string path)
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        await File.WriteAllBytesAsync(Path.Join(scene.Folder.Path, "secret.png"), SomePicture.Png);

        JsonElement upload = await scene.FailAsync("upload_media", new { path });
        JsonElement image = await scene.FailAsync("generate_image", new { model = "google/nano-banana-2/edit", prompt = "blue", images = new[] { path } });

        Assert.Contains(upload.GetProperty("id").GetString(), new[] { "PermissionDenied", "InvalidParameter" });
        Assert.Contains(image.GetProperty("id").GetString(), new[] { "PermissionDenied", "InvalidParameter" });
        Assert.DoesNotContain(scene.Emulator.Ledger, e => e.Method == "POST");
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        await using ServerScene scene = await ServerScene.StartAsync();
        string secret = Path.Join(scene.Folder.Path, "secret.png");
        await File.WriteAllBytesAsync(secret, SomePicture.Png);
        File.CreateSymbolicLink(Path.Join(scene.Input, "link.png"), secret);
        Directory.CreateSymbolicLink(Path.Join(scene.Input, "folder"), scene.Folder.Path);
        Directory.CreateDirectory(scene.Output);
        Directory.CreateSymbolicLink(Path.Join(scene.Output, "folder"), scene.Folder.Path);
        string id = await scene.GenerateAsync("a boat");
        await scene.CallAsync("wait_prediction", new { prediction_id = id });

        foreach (string path in new[] { "link.png", "folder/secret.png" })
        {
            Assert.Equal("PermissionDenied", (await scene.FailAsync("upload_media", new { path })).GetProperty("id").GetString());
        }

        foreach (string folder in new[] { "folder", "folder/new", "../x", "/tmp/x" })
        {
            Assert.Equal("PermissionDenied", (await scene.FailAsync("save_output", new { prediction_id = id, folder })).GetProperty("id").GetString());
        }

        Assert.Equal(["in", "journal.jsonl", "out", "secret.png"], scene.Folder.Names.Where(n => !n.Contains("journal.jsonl.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Name_of_a_saved_file_cannot_leave_the_folder()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        string id = await scene.GenerateAsync("a boat");
        await scene.CallAsync("wait_prediction", new { prediction_id = id });

        JsonElement saved = await scene.CallAsync("save_output", new { prediction_id = id, name = "../../evil" });

        Assert.DoesNotContain('/', saved.GetProperty("files")[0].GetProperty("path").GetString()!);
    }

    [Fact]
    public async Task Devices_and_pipes_are_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no mkfifo on Windows.");
        await using ServerScene scene = await ServerScene.StartAsync();
        using (Process make = Process.Start("mkfifo", Path.Join(scene.Input, "pipe.png")))
        {
            await make.WaitForExitAsync();
        }

        await File.WriteAllBytesAsync(Path.Join(scene.Input, "empty.png"), []);
        Directory.CreateDirectory(Path.Join(scene.Input, "sub"));

        foreach (string path in new[] { "pipe.png", "empty.png", "sub", "missing.png" })
        {
            Assert.Equal("InvalidParameter", (await scene.FailAsync("upload_media", new { path })).GetProperty("id").GetString());
        }
    }

    [Fact]
    public void Device_below_the_root_is_not_an_ordinary_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The devices have these names on Linux.");

        Tools.MediaArguments media = new(new RootFolder("/dev"));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => media.ReadPath("zero", "path")).Kind);
    }

    [Fact]
    public async Task Text_in_parameters_is_not_read_as_a_file()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        await File.WriteAllBytesAsync(Path.Join(scene.Input, "dot.png"), SomePicture.Png);

        foreach (string text in new[] { Path.Join(scene.Input, "dot.png"), "dot.png", "file:///etc/passwd" })
        {
            await scene.FailAsync("generate_image", new { model = "google/nano-banana-2/edit", prompt = "blue", parameters = new { images = new[] { text } } });
        }

        Assert.DoesNotContain(scene.Emulator.Ledger, e => e.Path.Contains("uploadMedia", StringComparison.Ordinal) || e.Path.Contains("generate", StringComparison.Ordinal));
    }

    [Fact]
    public void Root_that_is_a_link_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using TemporaryFolder folder = new();
        string target = Directory.CreateDirectory(Path.Join(folder.Path, "target")).FullName;
        string link = Directory.CreateSymbolicLink(Path.Join(folder.Path, "link"), target).FullName;
        File.WriteAllText(Path.Join(target, "a.txt"), "a");

        Assert.Equal(Path.Join(target, "a.txt"), new RootFolder(link).Resolve("a.txt", "path"));
    }
}
