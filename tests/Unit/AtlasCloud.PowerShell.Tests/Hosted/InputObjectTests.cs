using System.Data;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class InputObjectTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";
    private const string New = "| New-AtlasImage -Model " + Image;

    public static TheoryData<string> Rows =>
    [
        "[pscustomobject]@{ Prompt = 'x'; seed = 7 }",
        "@{ Prompt = 'x'; Seed = 7 }",
        "[ordered]@{ prompt = 'x'; seed = '7' }",
        "$dictionary",
        "'{\"prompt\":\"x\",\"seed\":7}' | ConvertFrom-Json",
        "'{\"prompt\":\"x\",\"seed\":7}' | ConvertFrom-Json -AsHashtable",
        "'prompt,seed', 'x,7' | ConvertFrom-Csv",
        "$table.Rows[0]",
        "$table.DefaultView[0]",
        "([xml]'<r><job prompt=\"x\"><seed>7</seed></job></r>').r.job",
        "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ Prompt = 'x'; seed = 7 }))",
        "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@{ Prompt = 'x'; seed = 7 }))",
        "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($table.Rows[0]))",
        "([pscustomobject]@{ Prompt = 'x' } | Add-Member -PassThru ScriptProperty Seed { 3 + 4 })",
        "$element",
        "$class",
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Object_of_any_kind_is_a_row(string row)
    {
        Prepare();
        ModuleRun run = shell.Run($"{row} {New}").WithoutWarnings();
        Assert.Equal(("x", "7"), (run["prompt"], run["seed"]));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ prompt = 'x'; seed = 7 }")]
    [InlineData("'{\"prompt\":\"x\",\"seed\":7}' | ConvertFrom-Json")]
    [InlineData("'{\"prompt\":\"x\",\"seed\":7}' | ConvertFrom-Json -AsHashtable")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@{ prompt = 'x'; seed = 7 }))")]
    [InlineData("$element")]
    [InlineData("$dictionary")]
    public void Object_of_any_kind_is_accepted_by_Parameters(string row)
    {
        Prepare();
        ModuleRun run = shell.Run($"New-AtlasImage -Model {Image} -Parameters ({row})").WithoutWarnings();
        Assert.Equal(("x", "7"), (run["prompt"], run["seed"]));
    }

    [Theory]
    [InlineData("-InputObject $json")]
    [InlineData("-Parameters $json")]
    [InlineData("-Parameters '{\"prompt\":\"x\",\"seed\":7}'")]
    public void Json_object_is_accepted(string argument)
    {
        Prepare();
        Assert.Equal("7", shell.Run($"New-AtlasImage -Model {Image} {argument}").WithoutWarnings()["seed"]);
    }

    [Theory]
    [InlineData("Parameters = '{\"seed\":7}' | ConvertFrom-Json")]
    [InlineData("Parameters = '{\"seed\":7}'")]
    [InlineData("Parameters = @{ seed = 7 }")]
    [InlineData("Parameters = [pscustomobject]@{ seed = '7' }")]
    public void Column_Parameters_is_taken_as_an_object(string cell) =>
        Assert.Equal("7", shell.Run($"[pscustomobject]@{{ Prompt = 'x'; {cell} }} {New}").WithoutWarnings()["seed"]);

    [Theory]
    [InlineData("Get-Date")]
    [InlineData("New-TimeSpan -Hours 1")]
    [InlineData("$true")]
    [InlineData("[guid]::NewGuid()")]
    [InlineData(",@('a', 'b')")]
    [InlineData("$json")]
    [InlineData("Get-Item .")]
    [InlineData("$ExecutionContext")]
    [InlineData("{ 'x' }")]
    public void Object_that_is_no_input_is_an_error(string input)
    {
        Prepare();
        ModuleRun run = shell.Run($"{input} {New}");
        Assert.Empty(run.Bodies);
        Assert.NotEmpty(run.Errors);
        Assert.All(run.Errors, e => Assert.Contains("pipeline input", e.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(run.Warnings, w => w.StartsWith("Column", StringComparison.Ordinal));
    }

    [Fact]
    public void Engine_properties_of_a_file_are_not_inputs_but_added_ones_are()
    {
        File.WriteAllBytes(shell.Write("a.png", ""), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        ModuleRun run = shell.Run("Get-Item a.png | Add-Member -PassThru Seed 7 | New-AtlasImage 'x' -Model black-forest-labs/flux-dev").WithoutWarnings();
        Assert.Equal(["image", "model", "prompt", "seed"], run.Body.Select(m => m.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_prompts_are_several_requests()
    {
        ModuleRun run = shell.Run($"New-AtlasImage -Model {Image} -Prompt 'a', 'b'").WithoutWarnings();
        Assert.Equal(["a", "b"], run.Bodies.Select(b => (string)b["prompt"]!).Order(StringComparer.Ordinal));
        Assert.Equal(2, run.Output.Count);
    }

    [Fact]
    public void Numbers_beside_a_prompt_are_named_in_a_warning()
    {
        ModuleRun run = shell.Run($"1..3 | New-AtlasImage x -Model {Image}").WithoutErrors();
        Assert.Equal(3, run.Bodies.Count);
        Assert.Contains("numbers in the pipeline are ignored", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_a_script_block_uses_are_no_warning() =>
        Assert.Equal(["1", "2"], shell.Run($"1, 2 | New-AtlasImage x -Model {Image} -Seed {{ $_ }}").WithoutWarnings().Bodies.Select(b => b["seed"]!.ToJsonString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Text_that_a_script_block_uses_is_not_media() =>
        Assert.Equal("a boat", shell.Run($"'boat' | New-AtlasImage -Prompt {{ \"a $_\" }} -Model {Image}").WithoutWarnings()["prompt"]);

    [Fact]
    public void Text_of_a_reply_beside_a_prompt_is_an_error() =>
        Assert.Contains("is text, and -Prompt is specified as well", shell.Run($"Invoke-AtlasChat hi -Model deepseek-ai/deepseek-v3.2 | New-AtlasImage x -Model {Image}").Errors.Single().ToString(), StringComparison.Ordinal);

    [Fact]
    public void Model_of_the_catalog_selects_the_model() =>
        Assert.Equal(Image, shell.Run($"Get-AtlasModel {Image} | New-AtlasImage 'x'").WithoutWarnings()["model"]);

    [Theory]
    [InlineData("-Image $typo", "-Image is specified without a value")]
    [InlineData("-Image @()", "-Image is specified without a value")]
    [InlineData("-Duration $typo", "-Duration is specified without a value")]
    [InlineData("-Seed $typo -AspectRatio $typo", "-Seed, -AspectRatio are specified without a value")]
    [InlineData("-Label ''", "-Label is specified without a value")]
    [InlineData("-GuidanceScale $typo", "-GuidanceScale is specified without a value")]
    [InlineData("-Parameters $typo", "-Parameters is specified without a value")]
    [InlineData("-MaxCost $typo", "-MaxCost is specified without a value")]
    [InlineData("-WebhookUri $typo", "-WebhookUri is specified without a value")]
    public void Argument_without_a_value_is_an_error(string argument, string expected) =>
        Assert.Contains(expected, shell.Run($"New-AtlasImage 'x' -Model black-forest-labs/flux-dev {argument}").Refusal.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("'   '")]
    [InlineData("\"`t\"")]
    [InlineData("\"`u{200B}\"")]
    [InlineData("\"`u{2800}`u{3164}\"")]
    public void Prompt_that_shows_nothing_is_an_error(string prompt)
    {
        Assert.Contains("-Prompt is specified without a value", shell.Run($"New-AtlasImage {prompt} -Model {Image}").Refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("only white space or invisible characters", shell.Run($"{prompt} {New}").Refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("only white space or invisible characters", shell.Run($"New-AtlasImage -Model {Image} -Parameters @{{ prompt = {prompt} }}").Refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(shell.Run($"Invoke-AtlasChat {prompt} -Model deepseek-ai/deepseek-v3.2").Bodies);
        Assert.Empty(shell.Run($"{prompt} | Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2").Bodies);
    }

    private void Prepare()
    {
        DataTable table = new();
        table.Columns.Add("Prompt");
        table.Columns.Add("seed", typeof(int));
        table.Columns.Add("Label");
        table.Rows.Add("x", 7, DBNull.Value);
        shell.Set("table", table);
        shell.Set("json", JsonNode.Parse("""{"prompt":"x","seed":7}"""));
        shell.Set("element", JsonDocument.Parse("""{"prompt":"x","seed":7}""").RootElement);
        shell.Set("dictionary", new Dictionary<string, object> { ["prompt"] = "x", ["seed"] = 7 });
        shell.Set("class", new Job { Prompt = "x", Seed = 7 });
    }

    public sealed class Job
    {
        public string? Prompt { get; init; }

        public int Seed { get; init; }

        public string? Size { get; init; }
    }
}
