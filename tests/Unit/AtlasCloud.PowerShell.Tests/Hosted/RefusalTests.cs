using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Rows that are refused before they are sent: which of the others are submitted, and what is shown.</summary>
public sealed class RefusalTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";

    [Fact]
    public void Rows_after_a_refused_row_are_not_submitted_with_ErrorAction_Stop()
    {
        ModuleRun run = shell.Run(
            $"@([pscustomobject]@{{ Prompt = 'a' }}) + @([pscustomobject]@{{ Prompt = 'b'; aspect_ratio = '77:1' }}) + @(1..8 | % {{ [pscustomobject]@{{ Prompt = 'c' }} }}) | New-AtlasImage -Model {Image} -ErrorAction Stop");

        Assert.Equal("a", Assert.Single(run.Bodies)["prompt"]!.GetValue<string>());
        Assert.StartsWith("InvalidParameter", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_after_a_refused_row_are_not_submitted_with_ErrorActionPreference_Stop()
    {
        ModuleRun run = shell.Run(
            $"& {{ $ErrorActionPreference = 'Stop'; @([pscustomobject]@{{ Prompt = 'b'; aspect_ratio = '77:1' }}) + @(1..8 | % {{ [pscustomobject]@{{ Prompt = 'c' }} }}) | New-AtlasImage -Model {Image} }}");

        Assert.Empty(run.Bodies);
    }

    [Fact]
    public void Budget_is_reserved_in_the_order_of_the_input()
    {
        // The price of the emulator is the same for all rows; the budget is enough for three of them.
        ModuleRun run = shell.Run(
            $"$price = (Measure-AtlasCost 'x' -Model {Image}).Price; $limited = $emulator | New-AtlasSession -Budget ($price * 3); 1..12 | % {{ \"row $_\" }} | New-AtlasImage -Model {Image} -Session $limited -ErrorAction SilentlyContinue");

        Assert.Equal(["row 1", "row 2", "row 3"], run.Bodies.Select(b => b["prompt"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(3, run.Output.Count);
    }

    [Fact]
    public void Equal_errors_are_counted_in_one_warning_and_kept_in_ErrorVariable()
    {
        ModuleRun run = shell.Run(
            $"$limited = $emulator | New-AtlasSession -Budget 0.000001; $Error.Clear(); 1..20 | % {{ \"row $_\" }} | New-AtlasImage -Model {Image} -Session $limited -ErrorVariable refused; $refused.Count; $Error.Count; $refused[19].TargetObject");

        Assert.Equal([20, 20, "row 20"], run.Output.Select(o => o.BaseObject));
        Assert.Equal(20, run.Errors.Count);
        Assert.All(run.Errors, e => Assert.StartsWith("BudgetExceeded,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal("19 more inputs failed with the same error (BudgetExceeded). $Error and -ErrorVariable contain each error, with its input as TargetObject.", Assert.Single(run.Warnings));
    }

    [Fact]
    public void Repeated_errors_are_not_mentioned_when_errors_are_silenced() =>
        shell.Run($"1..5 | % {{ [pscustomobject]@{{ Prompt = 'b'; aspect_ratio = '77:1' }} }} | New-AtlasImage -Model {Image} -ErrorAction SilentlyContinue").WithoutWarnings();

    [Fact]
    public void Different_errors_are_not_counted_as_repeated()
    {
        ModuleRun run = shell.Run($"1..5 | % {{ [pscustomobject]@{{ Prompt = 'b'; aspect_ratio = \"77:$_\" }} }} | New-AtlasImage -Model {Image}");

        Assert.Equal(5, run.Errors.Count);
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void Wrong_model_is_reported_before_a_missing_key() => AssertFirst("New-AtlasImage x -Model nonsense/model -Session $keyless", "ModelNotFound");

    [Fact]
    public void Unknown_model_of_a_read_does_not_mention_a_submit()
    {
        ErrorRecord error = Assert.Single(shell.Run("Get-AtlasModelParameter nonsense/model").Errors);

        Assert.StartsWith("ModelNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("submitted", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_model_of_a_submit_says_that_nothing_was_submitted() =>
        Assert.Contains("Nothing was submitted.", shell.Run("New-AtlasImage x -Model nonsense/model").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Missing_file_is_reported_before_a_missing_key() =>
        AssertFirst("New-AtlasVideo x -Model alibaba/wan-2.6/image-to-video -Image ./none.png -Session $keyless", "InvalidParameter");

    [Fact]
    public void Missing_key_is_reported_for_a_valid_request() => AssertFirst($"New-AtlasImage x -Model {Image} -Session $keyless", "NoSession");

    [Theory]
    [InlineData(false, "Connect-Atlas -Emulator")]
    [InlineData(true, "-Session $using:session")]
    public void Advice_about_a_missing_key_depends_on_other_runspaces(bool isConnectedElsewhere, string expected) =>
        Assert.Contains(expected, ErrorRecordFactory.Create(CmdletErrors.NoApiKey(isConnectedElsewhere)).ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void Explicit_absence_of_a_journal_is_not_a_warning() =>
        shell.Run($"New-AtlasImage x -Model {Image} -Session ($emulator | New-AtlasSession -JournalPath '')").WithoutWarnings();

    private ErrorRecord AssertFirst(string script, string id)
    {
        ErrorRecord error = shell.Run("$keyless = New-AtlasSession -BaseUri $emulator.BaseUri; " + script).Refusal;
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }
}
