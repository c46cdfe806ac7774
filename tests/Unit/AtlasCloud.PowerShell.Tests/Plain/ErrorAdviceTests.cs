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

    [Fact]
    public void Exception_without_a_reason_has_no_specific_advice() =>
        Assert.Null(ErrorAdvice.For(new AtlasCloudException(AtlasCloudErrorKind.RateLimited, "Slow down.")));
}
