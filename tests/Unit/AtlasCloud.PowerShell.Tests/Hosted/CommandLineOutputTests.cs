using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>The JSON output of the official command line as input of our commands.</summary>
public sealed class CommandLineOutputTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Theory]
    [InlineData("generate-no-wait.json", "$read")]
    [InlineData("generate-0.1.36.json", "$read.data.prediction")]
    public void Prediction_of_the_command_line_can_be_waited_for(string file, string path)
    {
        shell.Set("text", System.Text.Encoding.UTF8.GetString(Fixture.Bytes("cli/" + file)));

        ModuleRun run = shell.Run($$"""
            $made = 'a boat' | New-AtlasImage -Model google/nano-banana-2/text-to-image
            $read = $text -replace '[0-9a-f]{32}', $made.Id | ConvertFrom-Json
            ({{path}} | Wait-AtlasPrediction).Id -eq $made.Id
            """).WithoutWarnings();

        Assert.True((bool)Assert.Single(run.Output).BaseObject);
    }

    [Theory]
    [InlineData("models-list.json", "$read.models", "bytedance/seedance-2.5/text-to-video")]
    [InlineData("models-get.json", "$read", "deepseek-ai/DeepSeek-V3-0324")]
    public void Model_of_the_command_line_is_found_in_the_catalog(string file, string path, string expected)
    {
        shell.Set("text", System.Text.Encoding.UTF8.GetString(Fixture.Bytes("cli/" + file)));

        ModuleRun run = shell.Run($"$read = $text | ConvertFrom-Json; {path} | Select-Object -First 1 | Get-AtlasModel").WithoutWarnings();

        Assert.Equal(expected, Assert.IsType<Model>(Assert.Single(run.Output).BaseObject).Id);
    }
}
