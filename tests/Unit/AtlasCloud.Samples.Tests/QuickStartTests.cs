using System.Text;

namespace AtlasCloud.Samples.Tests;

/// <summary>They share the console and the environment of the process, so they stand in one class and run one after the other.</summary>
public sealed class QuickStartTests : IDisposable
{
    private const string KeyVariable = "ATLASCLOUD_API_KEY";
    private const string AddressVariable = "ATLASCLOUD_BASE_URL";

    private readonly string _folder = Directory.CreateTempSubdirectory("quickstart-").FullName;
    private readonly StringWriter _said = new();
    private readonly StringWriter _complained = new();
    private readonly (TextWriter Out, TextWriter Error) _console = (Console.Out, Console.Error);
    private readonly (string? Key, string? Address) _environment =
        (Environment.GetEnvironmentVariable(KeyVariable), Environment.GetEnvironmentVariable(AddressVariable));

    public QuickStartTests()
    {
        Console.SetOut(_said);
        Console.SetError(_complained);
    }

    public void Dispose()
    {
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        Environment.SetEnvironmentVariable(KeyVariable, _environment.Key);
        Environment.SetEnvironmentVariable(AddressVariable, _environment.Address);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_leaves_a_picture_and_a_video_and_says_where_they_are()
    {
        int code = await Program.Main(["--output", _folder, "--time-scale", "0"]);

        Assert.True(code == 0, $"{_said}{_complained}");
        string picture = Path.Combine(_folder, "lighthouse.png");
        string video = Path.Combine(_folder, "lighthouse.mp4");
        Assert.Equal([video, picture], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        Assert.Equal("PNG", Text(picture, 1, 3));
        Assert.Equal("ftyp", Text(video, 4, 4));
        Assert.Contains(picture, _said.ToString(), StringComparison.Ordinal);
        Assert.Contains(video, _said.ToString(), StringComparison.Ordinal);
        Assert.Contains("4 charges", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_run_again_into_the_same_folder()
    {
        string[] args = ["--output", _folder, "--time-scale", "0"];

        Assert.Equal(0, await Program.Main(args));
        Assert.Equal(0, await Program.Main(args));

        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task With_real_it_talks_to_the_service_that_the_environment_names()
    {
        await using Emulator service = Emulator.Start(new EmulatorOptions { TimeScale = 0, ApiKey = "apikey-of-a-user-0123456789" });
        Environment.SetEnvironmentVariable(KeyVariable, service.ApiKey);
        Environment.SetEnvironmentVariable(AddressVariable, service.BaseUri.ToString());

        int code = await Program.Main(["--real", "--output", _folder]);

        Assert.True(code == 0, $"{_said}{_complained}");
        Assert.Equal(4, service.Charges.Count);
        Assert.DoesNotContain(service.ApiKey, _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_says_so_and_ends_with_1()
    {
        await using Emulator service = Emulator.Start();
        Environment.SetEnvironmentVariable(KeyVariable, null);
        Environment.SetEnvironmentVariable(AddressVariable, service.BaseUri.ToString());

        Assert.Equal(1, await Program.Main(["--real", "--output", _folder]));

        Assert.Contains("key", _complained.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(service.Charges);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("--time-scale", "fast")]
    [InlineData("--help")]
    public async Task What_it_does_not_understand_it_answers_with_its_usage(params string[] args)
    {
        Assert.Equal(1, await Program.Main(args));

        Assert.StartsWith("usage:", _complained.ToString(), StringComparison.Ordinal);
    }

    private static string Text(string file, int start, int length) => Encoding.ASCII.GetString(File.ReadAllBytes(file), start, length);
}
