namespace AtlasCloud.Bench.Tests;

public sealed class BenchSettingsTests
{
    [Fact]
    public void Arguments_are_parsed()
    {
        BenchSettings settings = BenchSettings.Parse(["--shell", "dotnet", "--shell", "pwsh.dll", "--module", "/m/a.psd1", "--output", "/o", "--only", "import,upload", "--rounds", "7"])!;

        Assert.Equal(["dotnet", "pwsh.dll"], settings.Shell);
        Assert.Equal(["import", "upload"], settings.Only);
        Assert.Equal(7, settings.Sizes.Rounds);
    }

    [Theory]
    [InlineData("--shell pwsh --module a --output")]
    [InlineData("--shell pwsh --module a")]
    [InlineData("--shell pwsh --module a --output o --rounds 0")]
    [InlineData("--shell pwsh --module a --output o --speed 1")]
    public void Wrong_arguments_are_rejected(string line) => Assert.Null(BenchSettings.Parse(line.Split(' ')));
}
