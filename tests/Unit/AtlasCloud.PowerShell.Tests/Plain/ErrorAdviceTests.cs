using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Plain;

/// <summary>Every reason of the library has advice in PowerShell's words.</summary>
public sealed class ErrorAdviceTests
{
    public static TheoryData<AtlasCloudErrorReason> Reasons => [.. Enum.GetValues<AtlasCloudErrorReason>().Where(r => r != AtlasCloudErrorReason.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_advice(AtlasCloudErrorReason reason)
    {
        AtlasCloudException exception = new(AtlasCloudErrorKind.InvalidParameter, "Wrong.") { Reason = reason };

        Assert.False(string.IsNullOrWhiteSpace(ErrorAdvice.For(exception)));
    }

    [Theory]
    [InlineData("vendor/model-1.5", "Run Get-AtlasModelParameter vendor/model-1.5 to see")]
    [InlineData("a;Set-Canary", "Run Get-AtlasModelParameter 'a;Set-Canary' to see")]
    [InlineData("a\u2019;Set-Canary;\u2018", "Run Get-AtlasModelParameter 'a\u2019\u2019;Set-Canary;\u2018\u2018' to see")]
    [InlineData("a\nSet-Canary", "Run Get-AtlasModelParameter 'a Set-Canary' to see")]
    public void Command_in_advice_quotes_the_model(string model, string expected) =>
        Assert.StartsWith(
            expected,
            ErrorAdvice.For(new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, "Wrong.") { Reason = AtlasCloudErrorReason.InputNotFound, Model = model }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(AtlasCloudErrorReason.OpenEntryNotSettled, "submit this request alone again, without -Reuse; that is charged")]
    [InlineData(AtlasCloudErrorReason.ResultExpired, "run the command that created it again with -Reuse -Force")]
    public void Request_that_can_only_be_submitted_again_has_advice_with_the_command(AtlasCloudErrorReason reason, string expected) =>
        Assert.Contains(expected, ErrorAdvice.For(new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, "Wrong.") { Reason = reason }), StringComparison.Ordinal);

    [Fact]
    public void Exception_without_a_reason_has_no_specific_advice() =>
        Assert.Null(ErrorAdvice.For(new AtlasCloudException(AtlasCloudErrorKind.RateLimited, "Slow down.")));
}
