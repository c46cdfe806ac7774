using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class ErrorTests
{
    [Fact]
    public void ForEach_writes_one_error_per_failed_item_and_continues()
    {
        using Shell shell = new("1..6 | Invoke-Test -Probe $probe -Kind PredictionFailed");

        Assert.Equal([2, 4, 6], shell.Numbers());

        ErrorRecord[] errors = [.. shell.Errors];
        Assert.Equal(["1 failed.", "3 failed.", "5 failed."], errors.Select(error => error.Exception.Message));
        Assert.Equal([1, 3, 5], errors.Select(error => error.TargetObject));
        Assert.All(errors, error => Assert.Equal("PredictionFailed,AtlasCloud.PowerShell.Tests.Hosted.InvokeTestCommand", error.FullyQualifiedErrorId));
        Assert.All(errors, error => Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category));
    }

    [Fact]
    public void Failed_input_without_ForEach_is_one_non_terminating_error()
    {
        using Shell shell = new("1..4 | Invoke-Test -Probe $probe -Kind ContentBlocked -Unguarded");

        Assert.Equal([2, 4], shell.Numbers());
        Assert.Equal(2, shell.Errors.Count);
    }

    [Fact]
    public void Failed_item_in_flight_is_one_error_with_the_item_as_target()
    {
        using Shell shell = new("1..6 | Start-Test -Probe $probe -Fails 3");

        Assert.Equal([1, 2, 4, 5, 6], shell.Numbers());
        Assert.Equal(3, Assert.Single(shell.Errors).TargetObject);
    }

    [Fact]
    public void Items_in_flight_are_returned_before_a_terminating_error()
    {
        using Shell shell = new("1..6 | Start-Test -Probe $probe -Meet 6 -Fails 1 -Kind Authentication | ForEach-Object { $probe.Note(\"$_ came\") }");

        Assert.StartsWith("Authentication,", shell.Failure().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(5, shell.Probe.Steps.Count(step => step.EndsWith("came", StringComparison.Ordinal)));
    }

    [Fact]
    public void Missing_key_is_a_terminating_error()
    {
        using Shell shell = new("1..6 | Invoke-Test -Probe $probe -Kind NoSession");

        ErrorRecord error = shell.Failure();

        Assert.Equal("NoSession,AtlasCloud.PowerShell.Tests.Hosted.InvokeTestCommand", error.FullyQualifiedErrorId);
        Assert.Contains("Connect-Atlas", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, shell.Probe.All);
    }

    [Fact]
    public void Missing_file_is_an_error_of_its_input()
    {
        using Shell shell = new("1..2 | Invoke-Test -Probe $probe -Kind System.IO.FileNotFoundException");

        Assert.Equal([2], shell.Numbers());
        Assert.StartsWith("FileNotFound,", Assert.Single(shell.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Unexpected_exception_outside_of_ForEach_ends_the_command()
    {
        using Shell shell = new("1..2 | Invoke-Test -Probe $probe -Kind System.InvalidTimeZoneException -Unguarded");

        Assert.StartsWith("UnexpectedError,", shell.Failure().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Notice_that_throws_is_reported_as_an_error()
    {
        using Shell shell = new("1..2 | Invoke-Test -Probe $probe -FailsInNotice");

        Assert.StartsWith("UnexpectedError,", shell.Failure().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_category_of_the_table_exists_in_the_engine()
    {
        foreach (AtlasCloudErrorKind kind in Enum.GetValues<AtlasCloudErrorKind>())
        {
            ErrorRecord record = ErrorRecordFactory.Create(new AtlasCloudException(kind, "message") { Target = "from the exception" }, "from outside");

            Assert.Equal(ErrorTable.Describe(kind).Category, record.CategoryInfo.Category.ToString());
            Assert.Equal("from the exception", record.TargetObject);
            Assert.Equal(ErrorTable.Describe(kind).Advice, record.ErrorDetails.RecommendedAction);
        }
    }

    [Fact]
    public void Advice_of_the_exception_takes_precedence() =>
        Assert.Equal(
            "Do this.",
            ErrorRecordFactory.Create(new AtlasCloudException(AtlasCloudErrorKind.FileExists, "there") { RecommendedAction = "Do this." })
                .ErrorDetails.RecommendedAction);

    [Fact]
    public void Exception_of_the_engine_keeps_its_error_ID()
    {
        ErrorRecord record = ErrorRecordFactory.Create(new AggregateException(new ItemNotFoundException("gone")));

        Assert.IsType<ItemNotFoundException>(record.Exception);
        Assert.NotEqual("UnexpectedError", record.FullyQualifiedErrorId);
    }
}
