using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class ChatRowTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Model = "deepseek-ai/deepseek-v3.2";

    [Theory]
    [InlineData("[pscustomobject]@{{ {0} }}")]
    [InlineData("@{{ {0} }}")]
    [InlineData("(@{{ {0} }} | ConvertTo-Json | ConvertFrom-Json)")]
    public void Row_sets_all_parameters_of_a_message(string form)
    {
        string row = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, $"Prompt = 'hi'; Model = '{Model}'; System = 'be brief'; Temperature = '0.5'; 'Max Tokens' = 9; top_p = 0.25; Seed = 7; Stop = 'end'; Parameters = @{{ user = 'me' }}");
        ModuleRun run = shell.Run($"{row} | Invoke-AtlasChat").WithoutWarnings();
        Assert.Equal(("0.5", "9", "0.25", "7", "me"), (run["temperature"], run["max_tokens"], run["top_p"], run["seed"], run["user"]));
        Assert.Contains("be brief", run["messages"], StringComparison.Ordinal);
        Assert.Contains("hi", run["messages"], StringComparison.Ordinal);
        Assert.Contains("end", run["stop"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Temperature = '0,5'", "'Temperature' must be a number such as 1.5, not '0,5'")]
    [InlineData("Temperature = 3", "'Temperature' must be between 0 and 2, not '3'")]
    [InlineData("MaxTokens = 'many'", "'MaxTokens' must be a whole number")]
    [InlineData("'Max Tokens' = 0", "'Max Tokens' must be at least 1, not '0'")]
    [InlineData("Parameters = 'none'", "'Parameters' must be a hashtable")]
    [InlineData("Image = 5", "'Image' must be a path")]
    public void Row_is_an_error_when_a_cell_cannot_be_used(string cell, string expected) =>
        Assert.Contains(expected, shell.Run($"@{{ Message = 'hi'; {cell} }} | Invoke-AtlasChat -Model {Model}").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Warning_about_a_column_names_the_model_that_is_used()
    {
        ModuleRun run = shell.Run($"@{{ Message = 'hi'; Model = 'z-image/turbo'; colour = 'red' }} | Invoke-AtlasChat -Model {Model}").WithoutErrors();

        Assert.Contains(run.Warnings, w => w.Contains($"no input of {Model};", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("colour = 'red'", "matches no parameter")]
    [InlineData("Stream = 'true'", "-Stream applies to the whole command")]
    [InlineData("Tool = 'Get-Date'", "-Tool applies to the whole command")]
    [InlineData("Model = 'other'", "-Model on the command line overrides it")]
    public void Column_that_is_not_used_is_a_warning(string cell, string expected)
    {
        ModuleRun run = shell.Run($"1..2 | ForEach-Object {{ @{{ Message = 'hi'; {cell} }} }} | Invoke-AtlasChat -Model {Model}").WithoutErrors();
        Assert.Equal(2, run.Bodies.Count);
        Assert.Contains(expected, Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_cells_stay_blank()
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Message = 'hi'; System = ''; Temperature = ' '; MaxTokens = $null; Stop = ''; Image = ' '; colour = '' }} | Invoke-AtlasChat -Model {Model}").WithoutWarnings();
        Assert.DoesNotContain("system", run["messages"], StringComparison.Ordinal);
        Assert.Null(run["temperature"]);
    }

    [Theory]
    [InlineData("@{ Role = 'user'; Content = 'earlier' }")]
    [InlineData("[pscustomobject]@{ role = 'user'; text = 'earlier' }")]
    [InlineData("@{ messages = @(@{ role = 'user'; content = 'earlier' }) }")]
    public void Message_is_a_conversation_and_not_a_row(string input) =>
        Assert.Contains("earlier", shell.Run($"{input} | Invoke-AtlasChat 'hi' -Model {Model}").WithoutWarnings()["messages"], StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-Date")]
    [InlineData("$true")]
    [InlineData("Get-Item .")]
    [InlineData("$ExecutionContext")]
    public void Object_that_is_no_message_is_an_error(string input) =>
        Assert.Contains("pipeline input", shell.Run($"{input} | Invoke-AtlasChat -Model {Model}").Refusal.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("-System $typo", "-System is specified without a value")]
    [InlineData("-Temperature $typo", "-Temperature is specified without a value")]
    [InlineData("-Image $typo", "-Image is specified without a value")]
    [InlineData("-Model $typo", "-Model is specified without a value")]
    [InlineData("-Parameters $typo", "-Parameters is specified without a value")]
    public void Argument_without_a_value_is_an_error(string argument, string expected)
    {
        string model = argument.StartsWith("-Model", StringComparison.Ordinal) ? "" : $"-Model {Model}";
        Assert.Contains(expected, shell.Run($"Invoke-AtlasChat 'hi' {model} {argument}").Refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_accept_an_object_of_ConvertFrom_Json() =>
        Assert.Equal("me", shell.Run($"Invoke-AtlasChat 'hi' -Model {Model} -Parameters ('{{\"user\":\"me\"}}' | ConvertFrom-Json)").WithoutWarnings()["user"]);
}
