using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class ErrorTableTests
{
    public static TheoryData<AtlasCloudErrorKind> Kinds => [.. Enum.GetValues<AtlasCloudErrorKind>()];

    public static TheoryData<Exception> OtherExceptions => new(new Exception[]
    {
        new FileNotFoundException(), new DirectoryNotFoundException(), new PathTooLongException(), new IOException(),
        new UnauthorizedAccessException(), new ArgumentNullException("x"), new UriFormatException(), new TimeoutException(),
        new TaskCanceledException(), new NotSupportedException(), new InvalidOperationException(), new InvalidTimeZoneException(),
    });

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_has_its_name_as_ID_a_category_and_advice(AtlasCloudErrorKind kind)
    {
        ErrorDescription description = ErrorTable.Describe(kind);

        Assert.Equal(kind.ToString(), description.Id);
        Assert.NotEqual("NotSpecified", description.Category);
        Assert.EndsWith(".", description.Advice, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(OtherExceptions))]
    public void Every_other_exception_has_an_ID_a_category_and_advice(Exception exception)
    {
        ErrorDescription description = ErrorTable.Describe(exception);

        Assert.Matches("^[A-Z][A-Za-z]+$", description.Id);
        Assert.NotEqual("NotSpecified", description.Category);
        Assert.EndsWith(".", description.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AtlasCloudErrorKind.Authentication, "AuthenticationError")]
    [InlineData(AtlasCloudErrorKind.InsufficientBalance, "QuotaExceeded")]
    [InlineData(AtlasCloudErrorKind.InvalidParameter, "InvalidArgument")]
    [InlineData(AtlasCloudErrorKind.ModelNotFound, "ObjectNotFound")]
    [InlineData(AtlasCloudErrorKind.PredictionTimedOut, "OperationTimeout")]
    [InlineData(AtlasCloudErrorKind.RateLimited, "LimitsExceeded")]
    [InlineData(AtlasCloudErrorKind.ConnectionFailed, "ConnectionError")]
    [InlineData(AtlasCloudErrorKind.FileExists, "ResourceExists")]
    public void Category_of_a_kind_is_stable(AtlasCloudErrorKind kind, string category) =>
        Assert.Equal(category, ErrorTable.Describe(kind).Category);

    [Fact]
    public void Only_errors_that_affect_every_input_are_terminating() =>
        Assert.Equal(
            [AtlasCloudErrorKind.Authentication, AtlasCloudErrorKind.NoSession],
            Enum.GetValues<AtlasCloudErrorKind>().Where(kind => ErrorTable.Describe(kind).IsTerminating));

    [Fact]
    public void Advice_about_the_balance_links_the_billing_page_and_states_no_amount()
    {
        string advice = ErrorTable.Describe(AtlasCloudErrorKind.InsufficientBalance).Advice;

        Assert.Contains("https://www.atlascloud.ai/console/billing", advice, StringComparison.Ordinal);
        Assert.DoesNotContain(advice, char.IsAsciiDigit);
    }

    [Fact]
    public void No_advice_contains_a_placeholder_for_an_ID() =>
        Assert.All(Enum.GetValues<AtlasCloudErrorKind>(), kind => Assert.DoesNotContain("<id>", ErrorTable.Describe(kind).Advice, StringComparison.Ordinal));

    [Theory]
    [InlineData(null, false)]
    [InlineData("abc1", true)]
    public void Advice_to_resume_a_wait_requires_a_prediction(string? id, bool expected) => Assert.Equal(
        expected,
        ErrorRecordFactory.Create(new AtlasCloudException(AtlasCloudErrorKind.ConnectionFailed, "The connection failed.") { PredictionId = id })
            .ErrorDetails.RecommendedAction.Contains("Get-AtlasPrediction abc1 | Wait-AtlasPrediction", StringComparison.Ordinal));

    [Fact]
    public void Advice_about_a_TLS_failure_names_the_certificate() => Assert.Contains(
        "certificate",
        ErrorRecordFactory.Create(new AtlasCloudException(AtlasCloudErrorKind.ConnectionFailed, "The TLS handshake failed.") { Reason = AtlasCloudErrorReason.TlsFailed }).ErrorDetails.RecommendedAction,
        StringComparison.Ordinal);

    [Fact]
    public void Unknown_outcome_advises_against_another_submit() =>
        Assert.StartsWith(
            "Do not submit it again: it may have been accepted and charged. Get-AtlasPrediction -Pending",
            ErrorTable.Describe(AtlasCloudErrorKind.SubmitOutcomeUnknown).Advice,
            StringComparison.Ordinal);
}
