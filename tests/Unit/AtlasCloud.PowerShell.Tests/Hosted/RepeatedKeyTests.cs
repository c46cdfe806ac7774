using System.Management.Automation;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Dictionaries and JSON of users in which one input occurs twice.</summary>
public sealed class RepeatedKeyTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";
    private const string Text = "deepseek-ai/deepseek-v3.2";
    private const string References = "minimax/h3/reference-to-video";

    [Theory]
    [InlineData("New-AtlasImage x -Model " + Image + " -Parameters ('{\"seed\":1,\"Seed\":2}' | ConvertFrom-Json -AsHashtable)")]
    [InlineData("Measure-AtlasCost x -Model " + Image + " -Parameters ('{\"seed\":1,\"Seed\":2}' | ConvertFrom-Json -AsHashtable)")]
    [InlineData("New-AtlasImage x -Model " + Image + " -Parameters '{\"Seed\":1,\"seed\":2}'")]
    [InlineData("New-AtlasImage x -Model seedream-3.0 -SkipValidation -Parameters '{\"Seed\":1,\"seed\":2}'")]
    [InlineData("Invoke-AtlasChat x -Model " + Text + " -Parameters '{\"Seed\":1,\"seed\":2}'")]
    public void Keys_that_differ_in_case_and_value_are_an_error_that_names_both(string command) =>
        RequireInvalid(shell.Run(command).Refusal, "-Parameters contains 'Seed' and 'seed', which have different values");

    [Fact]
    public void Keys_of_a_column_that_differ_in_case_and_value_are_an_error_that_names_both() => RequireInvalid(
        shell.Run($"[pscustomobject]@{{ Prompt = 'x'; Parameters = '{{\"Seed\":1,\"seed\":2}}' }} | New-AtlasImage -Model {Image}").Refusal,
        "'Seed' and 'seed' have different values for 'seed'");

    [Fact]
    public void Keys_with_other_separators_are_an_error_for_a_model_without_a_schema() => RequireInvalid(
        shell.Run("New-AtlasImage x -Model seedream-3.0 -SkipValidation -Parameters @{ num_images = 1; 'Num Images' = 2 }").Refusal,
        "'Num Images' and 'num_images', which have different values");

    [Fact]
    public void Keys_of_the_same_model_are_an_error() => RequireInvalid(
        shell.Run($"New-AtlasImage x -Model {Image} -Parameters ('{{\"{Image}\":{{\"seed\":1}},\"{Image.ToUpperInvariant()}\":{{\"seed\":2}}}}' | ConvertFrom-Json -AsHashtable)").Refusal,
        "which are the same model");

    [Theory]
    [InlineData("'{\"seed\":7,\"Seed\":7}'")]
    [InlineData("('{\"seed\":7,\"Seed\":null}' | ConvertFrom-Json -AsHashtable)")]
    public void Keys_that_differ_in_case_only_are_accepted_with_one_value(string parameters) =>
        Assert.Equal("7", shell.Run($"New-AtlasImage x -Model {Image} -Parameters {parameters}").WithoutErrors()["seed"]);

    [Fact]
    public void Keys_inside_a_value_keep_their_case() => Assert.Equal(
        "{\"a\":1,\"A\":2}",
        shell.Run("New-AtlasImage x -Model seedream-3.0 -SkipValidation -Parameters '{\"nested\":{\"a\":1,\"A\":2}}'").WithoutErrors().Body["nested"]!.ToJsonString());

    [Theory]
    [InlineData("'{\"seed\":1,\"seed\":2}'", "seed")]
    [InlineData("'{\"seed\":1,\"a\":[{\"b\":2,\"b\":2}]}'", "b")]
    [InlineData("([Text.Json.JsonDocument]::Parse('{\"seed\":1,\"seed\":2}').RootElement)", "seed")]
    [InlineData("([Text.Json.Nodes.JsonNode]::Parse('{\"seed\":1,\"seed\":2}'))", "seed")]
    public void Json_that_contains_a_member_twice_is_an_error_that_names_it(string parameters, string member)
    {
        foreach (string command in new[] { $"New-AtlasImage x -Model {Image}", $"Measure-AtlasCost x -Model {Image}", $"Invoke-AtlasChat x -Model {Text}" })
        {
            RequireInvalid(shell.Run($"{command} -Parameters {parameters}").Refusal, $"-Parameters contains '{member}' twice in one JSON object");
        }
    }

    [Theory]
    [InlineData("New-AtlasImage -Model " + Image)]
    [InlineData("Invoke-AtlasChat -Model " + Text)]
    public void Json_in_a_column_that_contains_a_member_twice_is_an_error_that_names_both(string command)
    {
        ErrorRecord error = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; Parameters = '{{\"seed\":1,\"seed\":2}}' }} | {command}").Refusal;

        RequireInvalid(error, "'Parameters' contains 'seed' twice in one JSON object");
    }

    [Theory]
    [InlineData("'{\"seed\":1,'")]
    [InlineData("'[1]'")]
    [InlineData("5")]
    public void Parameters_of_another_type_are_an_invalid_parameter(string parameters) =>
        RequireInvalid(shell.Run($"New-AtlasImage x -Model {Image} -Parameters {parameters}").Refusal, "-Parameters must be a hashtable, an object or a JSON object");

    [Fact]
    public void Json_text_of_an_input_that_contains_a_member_twice_is_an_error_that_names_it() => RequireInvalid(
        shell.Run($"New-AtlasVideo x -Model {References} -Parameters @{{ refers = '{{\"url\":\"https://example.com/a.png\",\"type\":\"image\",\"type\":\"video\"}}' }}").Refusal,
        "The JSON text of 'refers' contains 'type' twice in one object.");

    [Theory]
    [InlineData("'{\"type\":\"object\",\"type\":\"string\"}'", "type")]
    [InlineData("'{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"a\":{\"type\":\"integer\"}}}'", "a")]
    public void Schema_that_contains_a_member_twice_is_an_error_that_names_it(string schema, string member) => RequireInvalid(
        shell.Run($"Invoke-AtlasChat x -Model {Text} -JsonSchema {schema}").Refusal, $"The JSON schema contains '{member}' twice in one object.");

    [Fact]
    public void Scenario_that_contains_a_member_twice_is_an_error_that_names_it()
    {
        shell.Write("twice.json", """{"rules":[{"method":"POST","method":"GET","path":"*x"}]}""");

        RequireInvalid(shell.Run("Start-AtlasEmulator -Scenario twice.json").Refusal, "twice.json: $.rules[0]: the member 'method' occurs twice.");
    }

    [Fact]
    public void Tool_with_keys_that_differ_in_case_and_value_is_an_error_that_names_both() => RequireInvalid(
        shell.Run($"$tool = [Collections.Hashtable]::new([StringComparer]::Ordinal); $tool.Name = 'a'; $tool['name'] = 'b'; $tool.ScriptBlock = {{ 1 }}; Invoke-AtlasChat x -Model {Text} -Tool $tool").Refusal,
        "'Name' and 'name', which have different values");

    private static void RequireInvalid(ErrorRecord error, string message)
    {
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }
}
