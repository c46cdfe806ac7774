using System.Collections;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class RowBindingTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";
    private const string Video = "alibaba/wan-3.0/text-to-video";
    private const string Flux = "black-forest-labs/flux-dev";

    [Theory]
    [InlineData(Video, "Seed = 'abc'", "'Seed' must be a whole number such as 7, not 'abc'")]
    [InlineData(Video, "Duration = '00:00:10'", "'Duration' must be a number such as 1.5, not '00:00:10'")]
    [InlineData(Video, "Duration = 'n/a'", "'Duration' must be a number such as 1.5, not 'n/a'")]
    [InlineData(Flux, "Count = 'two'", "'Count' must be a whole number such as 7, not 'two'")]
    [InlineData(Flux, "Count = '0,4'", "'Count' must be a whole number such as 7, not '0,4'")]
    [InlineData(Flux, "Count = 1.5", "'Count' must be a whole number such as 7, not '1.5'")]
    [InlineData(Flux, "'Num Images' = 'two'", "'Num Images' must be a whole number")]
    [InlineData(Flux, "MaxCost = '0,50'", "'MaxCost' must be a number such as 1.5, not '0,50'")]
    [InlineData(Flux, "MaxCost = -1", "'MaxCost' must be between 0 and")]
    [InlineData(Flux, "OutputExpiration = 'soon'", "'OutputExpiration' must be a time such as 90 (seconds), 90s, 5m, 2h or 00:05:00, not 'soon'")]
    [InlineData(Flux, "WebhookUri = 'hook'", "'WebhookUri' must be a URL such as https://example.com/hook, not 'hook'")]
    [InlineData(Flux, "Parameters = 'none'", "'Parameters' must be a hashtable, an object or a JSON object, not 'none'")]
    [InlineData(Flux, "Label = @{ a = 1 }", "'Label' must be text")]
    [InlineData(Flux, "Image = 3", "'Image' must be a path")]
    [InlineData(Flux, "guidance_scale = '1,5'", "'guidance_scale'")]
    [InlineData(Flux, "Seed = 1; model_seed = 2", "'Seed' and 'model_seed' have different values for -Seed")]
    [InlineData(Flux, "Seed = 'abc'; Count = 'two'", "'abc'. 'Count' must be")]
    public void Row_is_an_error_and_not_submitted_when_a_cell_cannot_be_used(string model, string cells, string expected)
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; {cells} }} | New-Atlas{(model == Video ? "Video" : "Image")} -Model {model}");
        Assert.StartsWith("InvalidParameter,", run.Refusal.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(expected, run.Refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_after_an_invalid_one_are_submitted()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'a'; Seed = 'x' }}, @{{ Prompt = 'b'; Seed = '7' }} | New-AtlasImage -Model {Image}");
        Assert.Single(run.Errors);
        Assert.Equal(("b", "7"), (run["prompt"], run["seed"]));
    }

    [Theory]
    [InlineData("bytedance/seedance-2.0/reference-to-video", "reference_images", "reference_images")]
    [InlineData("bytedance/seedance-2.0/reference-to-video", "Reference Images", "reference_images")]
    [InlineData("bytedance/seedance-2.0/reference-to-video", "image", "reference_images")]
    [InlineData("google/veo3.1/image-to-video", "Last Image", "last_image", "image = 'https://example.com/b.png'")]
    [InlineData("kwaivgi/kling-v2.0-i2v-master", "last-image", "end_image", "image = 'https://example.com/b.png'")]
    [InlineData("minimax/h3/reference-to-video", "Refers", "refers")]
    [InlineData("alibaba/wan-2.6/video-to-video", "videos", "videos")]
    public void Column_of_media_is_bound_however_its_words_are_joined(string model, string column, string member, string also = "Label = 'x'")
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; '{column}' = 'https://example.com/a.png'; {also} }} | New-AtlasVideo -Model {model}").WithoutWarnings();
        Assert.Contains("https://example.com/a.png", run[member], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google/nano-banana-2/edit", "images", "https://example.com/a.png", "images", "[\"https://example.com/a.png\"]")]
    [InlineData("google/nano-banana-2/edit", "Image Urls", "https://example.com/a.png", "images", "[\"https://example.com/a.png\"]")]
    [InlineData("tripo-h3.1/text-to-3d", "model_seed", "7", "model_seed", "7")]
    [InlineData("tripo-h3.1/text-to-3d", "Seed", "7", "model_seed", "7")]
    [InlineData("tripo-h3.1/text-to-3d", "Negative Prompt", "fog", "negative_prompt", "fog")]
    [InlineData(Flux, "Num Images", "2", "num_images", "2")]
    [InlineData(Flux, "n", "2", "num_images", "2")]
    [InlineData(Flux, "GUIDANCE-SCALE", "1.5", "guidance_scale", "1.5")]
    [InlineData(Flux, "image size", "512x512", "size", "512*512")]
    [InlineData(Image, "Aspect Ratio", "16:9", "aspect_ratio", "16:9")]
    public void Column_is_bound_however_its_words_are_joined(string model, string column, string value, string member, string expected)
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; '{column}' = '{value}' }} | New-AtlasImage -Model {model}").WithoutWarnings();
        Assert.Equal(expected.Trim('"'), run[member]);
    }

    [Theory]
    [InlineData("AllowUnknownCost = 'true'", "'AllowUnknownCost'", "-AllowUnknownCost applies to the whole command")]
    [InlineData("SkipValidation = 'true'", "'SkipValidation'", "-SkipValidation applies to the whole command")]
    [InlineData("'Throttle Limit' = 2", "'Throttle Limit'", "-ThrottleLimit applies to the whole command")]
    [InlineData("WhatIf = 'true'", "'WhatIf'", "-WhatIf applies to the whole command")]
    [InlineData("Total = '1'", "'Total'", "matches no parameter and no input of")]
    [InlineData("colour = 'red'", "'colour'", "matches no parameter and no input of")]
    [InlineData("Duration = 5", "'Duration'", "has no input for -Duration")]
    [InlineData("'Last Image' = 'https://example.com/a.png'", "'Last Image'", "has no input for -LastImage")]
    [InlineData("'Negative Prompt' = 'fog'", "'Negative Prompt'", "has no input for -NegativePrompt")]
    public void Column_that_a_row_cannot_use_is_one_warning(string cell, string name, string reason)
    {
        ModuleRun run = shell.Run($"1..3 | ForEach-Object {{ [pscustomobject]@{{ Prompt = 'x'; {cell} }} }} | New-AtlasImage -Model {Image}").WithoutErrors();
        Assert.Equal(3, run.Bodies.Count);
        Assert.Contains(name, Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Contains(reason, run.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Label { $_.Animal }")]
    [InlineData("-Label:{ $_.animal.Trim() }")]
    [InlineData("-Label { $PSItem['Animal'] }")]
    [InlineData("-Label { \"$_\" }")]
    [InlineData("-Label { ($_ | Select-Object Animal).Animal }")]
    [InlineData("-Label { $_.PSObject.Properties['Animal'].Value }")]
    [InlineData("-Label $label")]
    [InlineData("@splat")]
    public void Column_that_a_script_block_reads_is_used(string arguments)
    {
        ModuleRun run = shell.Run($"$label = {{ $_.Animal }}; $splat = @{{ Label = $label }}\n@{{ Prompt = 'x'; Animal = 'fox' }} |\n    New-AtlasImage -Model {Image} {arguments}").WithoutErrors();
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void Column_that_no_script_block_reads_is_a_warning_beside_one_that_is_read()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'x'; Animal = 'fox'; Aspekt = '16:9' }} | New-AtlasImage -Model {Image} -Label {{ $_.Animal }}").WithoutErrors();
        Assert.Contains("'Aspekt'", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal("fox", ((Prediction)run.Output[0].BaseObject).Label);
    }

    [Fact]
    public void Total_of_a_row_is_a_warning_of_Measure() =>
        Assert.Contains("-Total applies to the whole command", Assert.Single(shell.Run($"@{{ Prompt = 'x'; Total = 1 }} | Measure-AtlasCost -Model {Image}").WithoutErrors().Warnings), StringComparison.Ordinal);

    [Fact]
    public void Column_that_is_unknown_is_a_warning_for_a_model_without_a_schema()
    {
        ModuleRun run = shell.Run("[pscustomobject]@{ Prompt = 'x'; colour = 'red'; Seed = '7' } | New-AtlasImage -Model seedream-3.0 -SkipValidation").WithoutErrors();
        Assert.Contains("'colour'", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal("7", run["seed"]);
    }

    [Fact]
    public void Argument_that_the_model_lacks_is_an_error() =>
        Assert.Contains("no input for a duration", shell.Run($"[pscustomobject]@{{ Prompt = 'x' }} | New-AtlasImage -Model {Image} -Duration 5").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Columns_MaxCost_WebhookUri_OutputExpiration_and_Label_are_used()
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; 'Max Cost' = 5; WebhookUri = 'https://example.com/h'; OutputExpiration = '24h'; Label = 'l' }} | New-AtlasImage -Model {Image}").WithoutWarnings();
        Assert.Equal(("https://example.com/h", "24"), (run["webhook_url"], run["output_expiration_hours"] ?? "24"));
        Assert.Equal("l", ((Prediction)run.Output[0].BaseObject).Label);
    }

    [Fact]
    public void Column_MaxCost_limits_its_row()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'x'; MaxCost = '0.000001' }} | New-AtlasImage -Model {Image}");
        Assert.StartsWith("BudgetExceeded,", run.Refusal.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Argument_overrides_a_column_with_a_warning()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'x'; Seed = 1; guidance_scale = 2 }} | New-AtlasImage -Model {Flux} -Seed 2 -GuidanceScale 3").WithoutErrors();
        Assert.Equal(("2", "3"), (run["seed"], run["guidance_scale"]));
        Assert.Equal(2, run.Warnings.Count);
        Assert.All(run.Warnings, w => Assert.Contains("on the command line overrides it", w, StringComparison.Ordinal));
    }

    [Fact]
    public void Parameters_override_arguments_and_columns_with_a_warning()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'x'; guidance_scale = 2 }} | New-AtlasImage -Model {Flux} -Seed 2 -Parameters @{{ seed = 3; guidance_scale = 4; size = $null }}").WithoutErrors();
        Assert.Equal(("3", "4"), (run["seed"], run["guidance_scale"]));
        Assert.Equal(3, run.Warnings.Count);
    }

    [Fact]
    public void Blank_cells_stay_blank()
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; Seed = ' '; Image = \"`t\"; Count = ''; Label = $null; Resolution = $(if ($false) {{ 1 }}); Size = [DBNull]::Value; colour = ''; guidance_scale = \"`u{{200B}}\" }} | New-AtlasImage -Model {Flux}").WithoutWarnings();
        Assert.Equal(["model", "prompt"], run.Body.Select(m => m.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Duration_of_a_model_that_takes_text_is_sent_as_text() =>
        Assert.Equal("10", shell.Run("@{ Prompt = 'x'; Duration = '10' } | New-AtlasVideo -Model kwaivgi/kling-v2.0-t2v-master").WithoutWarnings()["duration"]);

    [Fact]
    public void Script_block_arguments_see_the_row()
    {
        ModuleRun run = shell.Run($"[pscustomobject]@{{ Prompt = 'x'; n = '7' }} | New-AtlasImage -Model {Image} -Prompt {{ \"a $($_.Prompt)\" }} -Seed {{ $_.n }} -WarningAction SilentlyContinue").WithoutErrors();
        Assert.Equal(("a x", "7"), (run["prompt"], run["seed"]));
    }

    [Fact]
    public void Missing_model_is_an_error_of_the_row()
    {
        ModuleRun run = shell.Run($"@{{ Prompt = 'a' }}, @{{ Prompt = 'b'; Model = '{Image}' }} | New-AtlasImage");
        Assert.Contains("No model is specified", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("b", run["prompt"]);
        Assert.Equal("a", ((Hashtable)run.Errors[0].TargetObject)["Prompt"]);
    }
}
