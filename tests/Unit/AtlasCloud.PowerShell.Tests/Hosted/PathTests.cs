using System.Management.Automation;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>How paths of users are resolved: at locations outside the file system, and with wildcards and escapes.</summary>
public sealed class PathTests : IClassFixture<ModuleShell>
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Video = "alibaba/wan-2.6/image-to-video";
    private const string Chat = "moonshotai/kimi-k2.5";

    private readonly ModuleShell _shell;

    public PathTests(ModuleShell shell)
    {
        _shell = shell;
        Directory.CreateDirectory(Path.Join(shell.Folder, "d[1]"));
        foreach (string name in new[] { "q[1].png", "q1.png", "d[1]/r[1].png" })
        {
            File.WriteAllBytes(Path.Join(shell.Folder, name), Convert.FromBase64String(Picture));
        }
    }

    [Theory]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Image pic.png")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Image https://example.com/a.png, pic.png")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Image 'pic*.png'")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -LastImage pic.png")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Video pic.mp4")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Audio pic.mp3")]
    [InlineData("New-AtlasVideo x -Model " + Video + " -Parameters @{ image = 'pic.png' }")]
    [InlineData("[pscustomobject]@{ Prompt = 'x'; Image = 'pic.png' } | New-AtlasVideo -Model " + Video)]
    [InlineData("[pscustomobject]@{ Prompt = 'x'; Label = 'pic.png' } | New-AtlasVideo -Model " + Video + " -Image { $_.Label }")]
    [InlineData("New-AtlasVideo x -Model bytedance/seedance-2.0/reference-to-video -ReferenceImages pic.png")]
    [InlineData("Measure-AtlasCost x -Model " + Video + " -Image pic.png")]
    [InlineData("Invoke-AtlasChat x -Model " + Chat + " -Image pic.png")]
    [InlineData("Invoke-AtlasChat x -Model " + Chat + " -JsonSchema schema.json")]
    [InlineData("[pscustomobject]@{ Message = 'x'; Image = 'pic.png' } | Invoke-AtlasChat -Model " + Chat)]
    [InlineData("Register-AtlasAsset pic.png")]
    [InlineData("Send-AtlasMedia pic.png")]
    [InlineData("Send-AtlasMedia -LiteralPath pic.png")]
    [InlineData("Show-AtlasOutput pic.png")]
    [InlineData("Import-AtlasRequest pic.json")]
    [InlineData("Import-AtlasRequest pic.json -InputPath inputs")]
    [InlineData("Export-AtlasGallery -Path \"FileSystem::$folder/q1.png\" -Destination page.html")]
    [InlineData("'abc' | Save-AtlasOutput -Destination pictures")]
    [InlineData("Join-AtlasVideo -Path a.mp4 -Destination b.mp4")]
    [InlineData("New-AtlasSession -ApiKey x -JournalPath j.jsonl -WarningAction Ignore")]
    [InlineData("Start-AtlasEmulator -Scenario s.json")]
    public void Path_outside_the_file_system_is_an_error_and_nothing_is_submitted(string command)
    {
        ErrorRecord error = _shell.Run($"Set-Location Env:; try {{ {command} }} finally {{ Set-Location -LiteralPath $folder }}").Refusal;

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is a path of the provider Environment, not a file system path", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nodrive:/pic.png", "The drive of 'nodrive:/pic.png' does not exist.")]
    [InlineData("NoProvider::pic.png", "'NoProvider::pic.png' is not a valid path: *")]
    [InlineData("q[", "'q[' is neither an existing file nor a valid wildcard pattern.")]
    public void Path_that_cannot_be_resolved_is_an_invalid_parameter(string path, string message)
    {
        foreach (string command in new[] { $"New-AtlasVideo x -Model {Video} -Image", $"Invoke-AtlasChat x -Model {Chat} -Image", "Register-AtlasAsset", "Send-AtlasMedia" })
        {
            ErrorRecord error = _shell.Run($"{command} '{path}'").Refusal;
            Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.True(WildcardPattern.Get(message.Replace("[", "`[", StringComparison.Ordinal), WildcardOptions.None).IsMatch(error.ToString()), error.ToString());
        }
    }

    [Theory]
    [InlineData("./q`[1`].png", "q[1].png")]
    [InlineData("q[1].png", "q[1].png")]
    [InlineData("q[0-9].png", "q1.png")]
    [InlineData("./d`[1`]/r`[1`].png", "r[1].png")]
    [InlineData("./d`[1`]/*.png", "r[1].png")]
    [InlineData("./d[1]/r[1].png", "r[1].png")]
    public void Path_is_taken_literally_first_and_then_as_a_pattern_with_escapes(string path, string expected)
    {
        Assert.Equal(expected, Assert.Single(_shell.Run($"(Send-AtlasMedia '{path}').Name").WithoutErrors().Output).ToString());
        Assert.StartsWith("http", _shell.Run($"New-AtlasVideo x -Model {Video} -Image '{path}'").WithoutErrors()["image"], StringComparison.Ordinal);
        Assert.StartsWith("http", _shell.Run($"[pscustomobject]@{{ Prompt = 'x'; Image = '{path}' }} | New-AtlasVideo -Model {Video}").WithoutErrors()["image"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Show-AtlasOutput")]
    [InlineData("Export-AtlasGallery -Destination page.html -Path")]
    public void Escaped_path_is_found_by(string command) => _shell.Run($"{command} ([WildcardPattern]::Escape('q[1].png'))").WithoutErrors();

    [Fact]
    public void Escaped_path_of_a_request_is_found()
    {
        _shell.Run($"$null = New-AtlasImage x -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction | Save-AtlasOutput ./saved -Name 's[1]' -Metadata").WithoutErrors();
        string name = Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Join(_shell.Folder, "saved"), "*.json")));

        Assert.Single(_shell.Run($"Import-AtlasRequest ('saved/' + [WildcardPattern]::Escape('{name}'))").WithoutErrors().Output);
        Assert.Contains('[', name);
    }

    [Fact]
    public void LiteralPath_contains_no_escapes() =>
        Assert.Contains("does not exist", _shell.Run("Send-AtlasMedia -LiteralPath 'q`[1`].png'").Refusal.ToString(), StringComparison.Ordinal);
}
