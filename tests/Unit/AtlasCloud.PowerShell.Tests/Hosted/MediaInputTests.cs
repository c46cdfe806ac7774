using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class MediaInputTests : IClassFixture<ModuleShell>
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Flux = "black-forest-labs/flux-dev";
    private const string References = "bytedance/seedance-2.0/reference-to-video";

    private readonly ModuleShell _shell;

    public MediaInputTests(ModuleShell shell)
    {
        _shell = shell;
        foreach (string name in new[] { "hills.png", "sea.png", "a b.png" })
        {
            File.WriteAllBytes(Path.Join(shell.Folder, name), Convert.FromBase64String(Picture));
        }

        shell.Set("uri", new Uri(Path.Join(shell.Folder, "a b.png")).AbsoluteUri);
    }

    [Theory]
    [InlineData("-Parameters @{ image = './hills.png' }")]
    [InlineData("-Parameters @{ Image = (Get-Item hills.png) }")]
    [InlineData("-Parameters @{ image = @('hills.png') }")]
    [InlineData("-Parameters ('{\"image\":\"hills.png\"}' | ConvertFrom-Json)")]
    [InlineData("-Parameters @{ image = $uri }")]
    [InlineData("-Image $uri")]
    [InlineData("-Image ([uri]$uri)")]
    [InlineData("-Image ' https://example.com/a.png '")]
    public void File_is_uploaded_however_it_is_given(string argument) =>
        Assert.StartsWith("http", _shell.Run($"New-AtlasImage 'x' -Model {Flux} {argument}").WithoutWarnings()["image"], StringComparison.Ordinal);

    [Theory]
    [InlineData("seedream-3.0", "image")]
    public void File_is_uploaded_for_a_model_without_a_schema(string model, string member) =>
        Assert.StartsWith("http", _shell.Run($"New-AtlasImage 'x' -Model {model} -SkipValidation -Parameters @{{ {member} = 'hills.png' }}").WithoutWarnings()[member], StringComparison.Ordinal);

    [Fact]
    public void Switch_with_the_name_of_a_medium_is_sent_to_a_model_without_a_schema() =>
        Assert.Equal("true", _shell.Run("New-AtlasImage 'x' -Model seedream-3.0 -SkipValidation -Parameters @{ audio = $true }").WithoutWarnings()["audio"]);

    [Theory]
    [InlineData("@{ reference_images = 'hills.png', 'https://example.com/b.png' }")]
    [InlineData("@{ reference_images = '*s.png', 'sea.png' }")]
    public void Files_in_a_list_are_uploaded(string parameters)
    {
        ModuleRun run = _shell.Run($"New-AtlasVideo 'x' -Model {References} -Parameters {parameters}").WithoutWarnings();
        Assert.Equal(2, run.Body["reference_images"]!.AsArray().Count);
        Assert.All(run.Body["reference_images"]!.AsArray(), n => Assert.StartsWith("http", (string)n!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@{ url = 'hills.png'; type = 'image' }")]
    [InlineData("'hills.png'")]
    public void File_in_an_object_is_uploaded(string item)
    {
        ModuleRun run = _shell.Run($"New-AtlasVideo 'x' -Model minimax/h3/reference-to-video -Parameters @{{ refers = @({item}) }}").WithoutWarnings();
        Assert.StartsWith("http", (string)run.Body["refers"]![0]!["url"]!, StringComparison.Ordinal);
        Assert.Equal("image", (string)run.Body["refers"]![0]!["type"]!);
    }

    [Theory]
    [InlineData("-reference_images hills.png")]
    [InlineData("-ReferenceImages hills.png")]
    [InlineData("-Image hills.png")]
    public void Input_is_a_parameter_by_its_own_name(string argument) =>
        Assert.StartsWith("[\"http", _shell.Run($"New-AtlasVideo 'x' -Model {References} {argument}").WithoutWarnings()["reference_images"], StringComparison.Ordinal);

    [Fact]
    public void Media_of_several_spellings_add_up()
    {
        ModuleRun run = _shell.Run($"Get-Item sea.png | New-AtlasVideo 'x' -Model {References} -Image hills.png -reference_images 'a b.png'").WithoutWarnings();
        Assert.Equal(3, run.Body["reference_images"]!.AsArray().Count);
        run = _shell.Run($"[pscustomobject]@{{ Prompt = 'x'; image = 'hills.png'; 'Reference Images' = 'sea.png' }} | New-AtlasVideo -Model {References}").WithoutWarnings();
        Assert.Equal(2, run.Body["reference_images"]!.AsArray().Count);
    }

    [Fact]
    public void Seed_is_a_parameter_by_its_own_name() =>
        Assert.Equal("7", _shell.Run("New-AtlasImage 'x' -Model tripo-h3.1/text-to-3d -model_seed 7").WithoutWarnings()["model_seed"]);

    [Theory]
    [InlineData("-Image 'https://example.com/a.png, https://example.com/b.png'", "must be one address")]
    [InlineData("-Image \"https://example.com/a.png`nhttps://example.com/b.png\"", "must be one address")]
    [InlineData("-Image 'https://example.com/a.png;data:image/png;base64,AAAA'", "must be one address")]
    [InlineData("-Parameters @{ image = 'https://example.com/a.png|https://example.com/b.png' }", "must be one address")]
    [InlineData("-Image 'hills.png, sea.png'", "does not exist")]
    [InlineData("-Image 'ftp://example.com/a.png'", "")]
    [InlineData("-Parameters @{ image = 'ftp://example.com/a.png' }", "")]
    [InlineData("-Parameters @{ image = 'a hill' }", "does not exist")]
    [InlineData("-Parameters @{ image = 5 }", "must be a path")]
    [InlineData("-Parameters @{ mask_image = 'none.png' }", "does not exist")]
    [InlineData("-MaskImage 'a hill'", "does not exist")]
    public void Text_that_is_not_one_address_is_refused(string argument, string expected) =>
        Assert.Contains(expected, _shell.Run($"New-AtlasImage 'x' -Model {Flux} {argument}").Refusal.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/a.png?next=https://example.com/b.png")]
    [InlineData("https://example.com/w_200,c_fill/https://example.com/b.png")]
    public void Address_inside_an_address_is_one(string address) =>
        Assert.Equal(address, _shell.Run($"New-AtlasImage 'x' -Model {Flux} -Image '{address}'").WithoutWarnings()["image"]);

    [Theory]
    [InlineData("image = 'https://example.com/a.png, https://example.com/b.png'", "must be one address")]
    [InlineData("image = 'none.png'", "does not exist")]
    [InlineData("image = 'nodrive:/a.png'", "must be a path or a URL")]
    [InlineData("image = 'frame[z-a].png'", "must be a path or a URL")]
    [InlineData("mask_image = 'nodrive:/a.png'", "must be a path or a URL")]
    public void Cell_that_is_not_one_medium_is_refused(string cell, string expected) =>
        Assert.Contains(expected, _shell.Run($"[pscustomobject]@{{ Prompt = 'x'; {cell} }} | New-AtlasImage -Model {Flux}").Refusal.ToString(), StringComparison.Ordinal);
}
