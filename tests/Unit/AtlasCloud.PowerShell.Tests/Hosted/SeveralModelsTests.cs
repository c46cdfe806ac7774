using System.Management.Automation;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>-Model with several models.</summary>
public sealed class SeveralModelsTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Banana = "google/nano-banana-2/text-to-image";
    private const string Turbo = "z-image/turbo";
    private const string Edit = "google/nano-banana-2/edit";
    private const string Video = "alibaba/wan-2.6/text-to-video";

    [Theory]
    [InlineData("'a', 'b' | New-AtlasImage")]
    [InlineData("New-AtlasImage -Prompt a, b")]
    [InlineData("[pscustomobject]@{ Prompt = 'a' }, [pscustomobject]@{ Prompt = 'b'; Model = 'ignored' } | New-AtlasImage -WarningAction SilentlyContinue")]
    public void Each_input_goes_to_each_model(string script)
    {
        ModuleRun run = shell.Run($"{script} -Model {Banana}, {Turbo} -ThrottleLimit 1").WithoutErrors();

        Assert.Equal([("a", Banana), ("a", Turbo), ("b", Banana), ("b", Turbo)], run.Bodies.Select(b => ((string?)b["prompt"], (string?)b["model"])));
        Assert.Equal([Banana, Turbo, Banana, Turbo], run.Output.Select(o => ((Prediction)o.BaseObject).Model));
        Assert.Equal([1, 1, 2, 2], run.Output.Select(o => ((Prediction)o.BaseObject).Row));
    }

    [Fact]
    public void Input_that_one_model_lacks_is_a_warning_for_that_model()
    {
        ModuleRun run = shell.Run($"New-AtlasImage a -Model {Banana}, {Turbo} -AspectRatio 16:9 -Seed 5 -Parameters @{{ enable_wobble = 1 }} -ErrorAction SilentlyContinue -ThrottleLimit 1");
        Assert.Empty(run.Bodies);

        run = shell.Run($"New-AtlasImage a -Model {Banana}, {Turbo} -AspectRatio 16:9 -ThrottleLimit 1").WithoutErrors();
        Assert.Equal(["16:9", null], run.Bodies.Select(b => (string?)b["aspect_ratio"]));
        Assert.Contains($"-AspectRatio is ignored for {Turbo}", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_no_model_has_is_an_error_of_each_model()
    {
        ModuleRun run = shell.Run($"New-AtlasImage a -Model {Banana}, {Turbo} -Parameters @{{ wobble = 1 }}");

        Assert.Empty(run.Bodies);
        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, e => Assert.Contains("'wobble'", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Input_that_a_single_model_lacks_is_an_error() =>
        Assert.Contains("an aspect ratio", shell.Run($"New-AtlasImage a -Model {Turbo} -AspectRatio 16:9").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Piped_file_goes_to_the_models_that_take_it()
    {
        shell.Run($"New-AtlasImage 'x' -Model {Turbo} | Wait-AtlasPrediction | Save-AtlasOutput ./pixel -Name p").WithoutErrors();

        ModuleRun run = shell.Run($"Get-Item ./pixel/p.png | New-AtlasImage 'b' -Model {Edit}, {Turbo} -ThrottleLimit 1").WithoutErrors();

        Assert.Equal([true, false], run.Bodies.Select(b => b.ContainsKey("images")));
        Assert.Contains($"-Image is ignored for {Turbo}", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"@{{ '{Banana}' = @{{ resolution = '2k' }}; '{Turbo}' = @{{ seed = 3 }} }}")]
    [InlineData($"@{{ '{Banana}' = '{{\"resolution\":\"2k\"}}'; '{Turbo}' = [pscustomobject]@{{ seed = 3 }} }}")]
    public void Parameters_can_be_keyed_by_model(string parameters)
    {
        ModuleRun run = shell.Run($"New-AtlasImage a -Model {Banana}, {Turbo} -Parameters {parameters} -ThrottleLimit 1").WithoutWarnings();

        Assert.Equal([("2k", null), (null, 3)], run.Bodies.Select(b => ((string?)b["resolution"], (int?)b["seed"])));
    }

    [Theory]
    [InlineData("New-AtlasImage a")]
    [InlineData("'a', 'b' | New-AtlasImage")]
    [InlineData("Measure-AtlasCost a")]
    [InlineData("Invoke-AtlasChat a")]
    [InlineData("'a', 'b' | Invoke-AtlasChat")]
    public void Key_of_parameters_that_is_not_a_model_of_the_command_is_one_error(string command)
    {
        ModuleRun run = shell.Run($"{command} -Model {Banana}, {Turbo} -Parameters @{{ '{Banana}' = @{{ seed = 1 }}; 'z-image/trubo' = @{{ seed = 1 }} }}");

        Assert.Empty(run.Bodies);
        string error = run.Refusal.ToString();
        Assert.Contains($"'z-image/trubo' is not one of them: {Banana}, {Turbo}; did you mean '{Turbo}'?", error, StringComparison.Ordinal);
        Assert.StartsWith("InvalidParameter", run.Refusal.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"New-AtlasImage a -Model {Turbo} -Parameters @{{ 'z-image' = 1; '{Turbo}' = @{{ seed = 1 }} }}", "'z-image' is not one of them")]
    [InlineData($"New-AtlasImage a -Model {Turbo} -Parameters @{{ '{Banana}' = @{{ seed = 1 }} }}", $"'{Banana}' is not one of them: {Turbo}. Nothing")]
    [InlineData($"New-AtlasImage a -Model {Banana}, {Turbo} -Parameters @{{ '{Banana}' = @{{ seed = 1 }}; '{Turbo}' = 2 }}", $"the value of '{Turbo}' is not a hashtable")]
    [InlineData("Invoke-AtlasChat a -Model deepseek-ai/deepseek-v3.2 -Parameters @{ 'deepseek-ai/deepseek' = @{ max_tokens = 1 } }", "did you mean 'deepseek-ai/deepseek-v3.2'?")]
    [InlineData($"[pscustomobject]@{{ Message = 'a'; Model = '{Turbo}' }} | Invoke-AtlasChat -Parameters @{{ 'z-image/trubo' = @{{ seed = 1 }} }}", "'z-image/trubo' is not one of them")]
    public void Keys_of_parameters_are_either_models_or_inputs(string script, string expected)
    {
        ModuleRun run = shell.Run(script);

        Assert.Empty(run.Bodies);
        Assert.Contains(expected, run.Refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Video, "InvalidParameter")]
    [InlineData("no/such-model", "ModelNotFound")]
    public void Unsuitable_model_is_one_error_before_anything_is_submitted(string model, string id)
    {
        ModuleRun run = shell.Run($"'a', 'b' | New-AtlasImage -Model {Turbo}, {model}");

        Assert.StartsWith(id, Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, run.Bodies.Count);
        Assert.Empty(shell.Run($"'a', 'b' | New-AtlasImage -Model {Turbo}, {model} -ErrorAction Stop").Bodies);
    }

    [Fact]
    public void Model_that_is_named_twice_is_an_error() =>
        Assert.Contains("twice", shell.Run($"New-AtlasImage a -Model {Turbo}, Z-Image/Turbo").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Row_has_one_model() =>
        Assert.Contains("is a list", shell.Run($"[pscustomobject]@{{ Prompt = 'a'; Model = '{Banana}', '{Turbo}' }} | New-AtlasImage").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Problem_of_the_input_is_one_error_for_all_models() =>
        Assert.Contains("'many'", shell.Run($"[pscustomobject]@{{ Prompt = 'a'; Seed = 'many' }} | New-AtlasImage -Model {Banana}, {Turbo}").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Inputs_of_all_models_are_parameters()
    {
        ModuleRun run = shell.Run($"New-AtlasImage a -Model {Banana}, {Turbo} -ThinkingLevel high -PromptExtend $true -ThrottleLimit 1").WithoutErrors();

        Assert.Equal([("high", null), (null, true)], run.Bodies.Select(b => ((string?)b["thinking_level"], (bool?)b["prompt_extend"])));
        Assert.Equal(2, run.Warnings.Count);
    }

    [Theory]
    [InlineData($"New-AtlasImage a -Model {Banana}, {Turbo} -Thin", "-ThinkingLevel")]
    [InlineData($"New-AtlasImage a -Model {Banana}, {Turbo} -PromptE", "-PromptExtend")]
    [InlineData($"New-AtlasImage a -Model {Banana}, {Turbo} -ThinkingLevel ", "high")]
    [InlineData($"New-AtlasImage a -Model {Banana}, {Turbo} -Size ", "'1024*1536'")]
    [InlineData($"New-AtlasImage a -Model {Banana}, z-ima", Turbo)]
    [InlineData($"New-AtlasImage a -Model {Banana},z-ima", Turbo)]
    [InlineData($"Invoke-AtlasChat a -Model deepseek-ai/deepseek-v3.2, deepseek-ai/deepseek-v4-f", "deepseek-ai/deepseek-v4-flash")]
    public void Completion_works_after_a_comma(string line, string expected)
    {
        shell.Run($"$null = Get-AtlasModelParameter -Model {Banana}; $null = Get-AtlasModelParameter -Model {Turbo}").WithoutErrors();
        shell.Set("line", line);

        Assert.Contains(expected, shell.Run("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText").Output.Select(o => o.ToString()));
    }

    [Fact]
    public void Price_of_each_model_is_returned() => Assert.Equal(
        [Banana, Turbo],
        shell.Run($"Measure-AtlasCost a -Model {Banana}, {Turbo}").WithoutErrors().Output.Select(o => ((Quote)o.BaseObject).Model));

    [Theory]
    [InlineData($"Measure-AtlasCost a -Model {Turbo}, no/such-model -Total", 2, 1)]
    [InlineData($"'a', 'b' | Measure-AtlasCost -Model {Turbo}, no/such-model -Total", 4, 2)]
    [InlineData($"Measure-AtlasCost a, b -Model no/such-model, {Turbo}, {Banana} -Total", 6, 2)]
    [InlineData($"Measure-AtlasCost a -Model {Turbo}, {Banana} -Parameters @{{ '{Turbo}' = @{{ seed = 1 }}; '{Banana}' = @{{ wobble = 1 }} }} -Total", 2, 1)]
    public void Total_counts_requests_of_models_that_fail(string script, int count, int notQuoted)
    {
        ModuleRun run = shell.Run(script);

        Assert.NotEmpty(run.Errors);
        QuoteTotal total = (QuoteTotal)Assert.Single(run.Output).BaseObject;
        Assert.Equal((count, notQuoted, false), (total.Count, total.NotQuoted, total.IsComplete));
    }

    [Fact]
    public void Message_goes_to_each_language_model()
    {
        ModuleRun run = shell.Run("'hello' | Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2, deepseek-ai/deepseek-v4-flash, no/such-model -Parameters @{ 'deepseek-ai/deepseek-v3.2' = @{ top_k = 3 } }");

        Assert.Equal(2, run.Bodies.Count);
        Assert.Equal(["deepseek-ai/deepseek-v3.2", "deepseek-ai/deepseek-v4-flash"], run.Output.Select(o => ((ChatReply)o.BaseObject).Model));
        Assert.Equal([true, false], run.Bodies.Select(b => b.ContainsKey("top_k")));
        Assert.StartsWith("ModelNotFound", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_goes_to_its_own_model_and_to_another()
    {
        shell.Write("both.json", $$$"""{"request":{"model":"{{{Banana}}}","prompt":"a","aspect_ratio":"16:9","seed":4}}""");

        ModuleRun run = shell.Run($"Import-AtlasRequest both.json | New-AtlasImage -Model {Banana}, {Turbo} -ThrottleLimit 1").WithoutErrors();

        Assert.Equal([("a", "16:9"), ("a", null)], run.Bodies.Select(b => ((string?)b["prompt"], (string?)b["aspect_ratio"])));
        Assert.Contains(run.Warnings, w => w.Contains(Turbo, StringComparison.Ordinal));
    }
}
