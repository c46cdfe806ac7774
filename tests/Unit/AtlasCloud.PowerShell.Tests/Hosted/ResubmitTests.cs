using System.Management.Automation;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Requests that are submitted again from what an earlier command returned, and outputs that are saved.</summary>
public sealed class ResubmitTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";
    private const string Fail = "$broken = Start-AtlasEmulator -TimeScale 0 -Scenario broken.json; $elsewhere = $broken | New-AtlasSession; New-AtlasImage 'a red boat' -Model " + Image
        + " -AspectRatio 16:9 -Label boat -Session $elsewhere | Wait-AtlasPrediction -Session $elsewhere -ErrorVariable failed -ErrorAction SilentlyContinue; $broken | Stop-AtlasEmulator -Confirm:$false; ";

    [Theory]
    [InlineData("$failed[0].TargetObject | New-AtlasImage", "boat")]
    [InlineData("$failed[0].TargetObject.Request | New-AtlasImage", null)]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failed[0].TargetObject, 3)) | New-AtlasImage", "boat")]
    public void Failed_request_is_submitted_again(string script, string? label)
    {
        shell.Write("broken.json", """{"rules":[{"path":"*generateImage","task":{"end":"failed","error":"out of memory"}}]}""");
        ModuleRun run = shell.Run(Fail + script).WithoutWarnings();

        Assert.Equal(("a red boat", "16:9", Image), (run["prompt"], run["aspect_ratio"], run["model"]));
        Assert.Equal(label, ((Prediction)Assert.Single(run.Output).BaseObject).Label);
    }

    [Fact]
    public void Failed_request_is_submitted_again_with_a_change()
    {
        shell.Write("broken.json", """{"rules":[{"path":"*generateImage","task":{"end":"failed"}}]}""");
        ModuleRun run = shell.Run(Fail + "$failed[0].TargetObject | New-AtlasImage -Prompt 'a blue boat' -WarningAction SilentlyContinue").WithoutErrors();

        Assert.Equal(("a blue boat", "16:9"), (run["prompt"], run["aspect_ratio"]));
    }

    [Theory]
    [InlineData("$sidecar | Add-Member -PassThru Seed 8 | New-AtlasImage")]
    [InlineData("$sidecar | Select-Object *, @{ n = 'Seed'; e = { 8 } } | New-AtlasImage")]
    [InlineData("$table = $sidecar | ConvertTo-Json -Depth 9 | ConvertFrom-Json -AsHashtable; $table.seed = 8; $table | New-AtlasImage")]
    [InlineData("$done | Get-Request | Add-Member -PassThru Seed 8 | New-AtlasImage")]
    [InlineData("$done | Get-Request | Select-Object *, @{ n = 'Seed'; e = { 8 } } | New-AtlasImage")]
    [InlineData("$done | Get-Request | ConvertTo-Json -Depth 9 | ConvertFrom-Json | Add-Member -PassThru Seed 8 | New-AtlasImage")]
    [InlineData("$done | Get-Request | Select-Object *, @{ n = 'Seed'; e = { 8 } } -ExcludeProperty Prompt | Add-Member -PassThru Prompt 'a green boat' | New-AtlasImage")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(($done | Get-Request), 3)) | Add-Member -PassThru Seed 8 | New-AtlasImage")]
    [InlineData("[pscustomobject]@{ Seed = 8; model = $sidecar.model; Request = $sidecar.request } | New-AtlasImage")]
    public void Properties_that_are_added_to_an_earlier_request_change_it(string script)
    {
        ModuleRun run = shell.Run(
            "function Get-Request { process { $_ | Import-AtlasRequest } }; "
            + "$done = New-AtlasImage 'a green boat' -Model black-forest-labs/flux-schnell -Seed 1 -Label green | Wait-AtlasPrediction; "
            + "$sidecar = Get-Content \"$(($done | Save-AtlasOutput ./added -Metadata -Name '{id}').FullName).json\" -Raw | ConvertFrom-Json; " + script).WithoutWarnings();

        Assert.Equal(2, run.Bodies.Count);
        Assert.Equal(("a green boat", "8"), (run.Bodies[1]["prompt"]?.ToString(), run.Bodies[1]["seed"]?.ToString()));
    }

    [Fact]
    public void MaxCost_that_is_added_to_an_earlier_request_limits_it()
    {
        ModuleRun run = shell.Run(
            $"$file = New-AtlasImage 'a boat' -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./limit -Metadata -Name '{{id}}'; "
            + "Get-Content \"$($file.FullName).json\" -Raw | ConvertFrom-Json | Add-Member -PassThru MaxCost 0.001 | New-AtlasImage");

        Assert.StartsWith("BudgetExceeded,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(run.Bodies);
    }

    [Fact]
    public void Column_of_an_earlier_request_that_matches_nothing_is_a_warning()
    {
        shell.Write("broken.json", """{"rules":[{"path":"*generateImage","task":{"end":"failed"}}]}""");
        ModuleRun run = shell.Run(Fail + "$failed[0].TargetObject | Add-Member -PassThru Colour red | New-AtlasImage");

        Assert.Contains("'Colour'", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$done | ConvertTo-Json -Depth 4 | ConvertFrom-Json")]
    [InlineData("$done | ConvertTo-Json -Depth 4 | ConvertFrom-Json -AsHashtable")]
    [InlineData("$done | Select-Object *")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($done, 3))")]
    public void Copy_of_a_finished_prediction_is_its_outputs_and_not_its_request(string copy)
    {
        string done = "$done = New-AtlasImage 'a green boat' -Model black-forest-labs/flux-schnell -Seed 1 | Wait-AtlasPrediction; ";

        ModuleRun again = shell.Run(done + copy + " | New-AtlasImage");
        Assert.Contains("-Model", Assert.Single(again.Errors).ToString(), StringComparison.Ordinal);
        Assert.Single(again.Bodies);
        ModuleRun run = shell.Run(done + copy + " | New-AtlasVideo 'make it night' -Model alibaba/wan-2.6/image-to-video").WithoutWarnings();
        Assert.Equal(2, run.Bodies.Count);
        Assert.Equal("make it night", run.Bodies[1]["prompt"]?.ToString());
        Assert.Contains("/outputs/", run.Bodies[1].ToString(), StringComparison.Ordinal);
        Assert.Null(run.Bodies[1]["seed"]);
    }

    [Fact]
    public void Message_of_a_failed_prediction_contains_its_label()
    {
        shell.Write("broken.json", """{"rules":[{"path":"*generateImage","task":{"end":"failed"}}]}""");

        Assert.Contains("('boat')", Assert.Single(shell.Run(Fail + "\"$($failed[0])\"").Output).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_prediction_without_a_request_is_an_error()
    {
        shell.Set("lost", new Prediction { Id = "lost1", State = PredictionState.Failed, Model = Image });

        Assert.Contains("does not contain its request", shell.Run($"$lost | New-AtlasImage -Model {Image}").Refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-Item $sidecar.FullName | New-AtlasImage")]
    [InlineData("Get-Content $sidecar.FullName -Raw | ConvertFrom-Json | New-AtlasImage")]
    [InlineData("Get-Content $sidecar.FullName -Raw | ConvertFrom-Json -AsHashtable | New-AtlasImage")]
    public void Metadata_of_a_saved_file_is_submitted_again(string script)
    {
        ModuleRun run = shell.Run(
            $"$file = New-AtlasImage 'a green boat' -Model {Image} -AspectRatio 16:9 -Label green | Wait-AtlasPrediction | Save-AtlasOutput ./meta -Metadata -Name '{{id}}'; $sidecar = Get-Item \"$($file.FullName).json\"; " + script).WithoutWarnings();

        Assert.Equal(2, run.Bodies.Count);
        Assert.Equal(run.Bodies[0].ToJsonString(), run.Bodies[1].ToJsonString());
        Assert.Equal("green", ((Prediction)Assert.Single(run.Output).BaseObject).Label);
    }

    [Fact]
    public void Journal_entries_are_waited_for() =>
        Assert.NotEmpty(shell.Run($"$null = New-AtlasImage 'journal' -Model {Image} -Label waited; Get-AtlasPrediction -Journal -Label waited | Wait-AtlasPrediction").WithoutWarnings().Output);

    [Fact]
    public void Journal_entry_without_a_prediction_ID_is_an_error_that_says_so()
    {
        shell.Set("entry", new JournalEntry { JournalId = "j1", Model = Image, State = JournalState.Unknown });

        ModuleRun run = shell.Run("$entry | Wait-AtlasPrediction");

        Assert.Contains("no prediction ID", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_saved()
    {
        ModuleRun run = shell.Run(
            $"$p = New-AtlasImage 'several' -Model {Image} | Wait-AtlasPrediction; $p.Outputs | Save-AtlasOutput ./outputs -Name 'several-{{index}}'; (Get-AtlasPrediction -Pending).Id -contains $p.Id").WithoutWarnings();

        Assert.Equal(["several-1.png", "False"], run.Output.Select(o => o.BaseObject is FileInfo file ? file.Name : o.ToString()));
    }

    [Fact]
    public void Existing_file_is_reported_with_what_is_kept_and_how_to_save_it()
    {
        string save = $"New-AtlasImage 'twice' -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./twice -Name '{{model}}-{{index}}'";
        ErrorRecord error = Assert.Single(shell.Run($"{save}; {save}").Errors);
        string id = ((AtlasCloudException)error.Exception).PredictionId!;

        Assert.StartsWith("FileExists", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"Output 1 of prediction {id} is already generated and stays available", error.ToString(), StringComparison.Ordinal);
        string advice = error.ErrorDetails.RecommendedAction;
        Assert.StartsWith("Do not submit the request again", advice, StringComparison.Ordinal);

        // The command of the advice works.
        int start = advice.IndexOf("Get-AtlasPrediction", StringComparison.Ordinal);
        string command = advice[start..advice.IndexOf(". To overwrite", StringComparison.Ordinal)];
        Assert.Contains(id, Assert.Single(shell.Run(command).WithoutErrors().Output).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_and_source_make_names_that_do_not_collide()
    {
        shell.Run($"New-AtlasImage 'source' -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./sources -Name 'harbour'; Copy-Item ./sources/harbour.png ./sources/tower.png").WithoutErrors();
        ModuleRun run = shell.Run(
            "Get-ChildItem ./sources/*.png | Sort-Object Name | New-AtlasVideo 'pan' -Model alibaba/wan-2.6/image-to-video | Wait-AtlasPrediction | Save-AtlasOutput ./made -Name '{row:000}-{source}-{label}' | Sort-Object Name").WithoutErrors();

        Assert.Equal(["001-harbour-harbour.mp4", "002-tower-tower.mp4"], run.Output.Select(o => ((FileInfo)o.BaseObject).Name));
    }

    [Fact]
    public void Label_of_a_file_is_its_name_unless_another_is_specified()
    {
        shell.Run($"New-AtlasImage 'label' -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./labels -Name 'quay'").WithoutErrors();
        ModuleRun run = shell.Run(
            "$file = Get-Item ./labels/quay.png; $file | New-AtlasVideo 'a' -Model alibaba/wan-2.6/image-to-video; $file | New-AtlasVideo 'a' -Model alibaba/wan-2.6/image-to-video -Label mine").WithoutErrors();

        Assert.Equal(["quay", "mine"], run.Output.Select(o => ((Prediction)o.BaseObject).Label));
    }
}
