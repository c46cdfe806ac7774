using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Creates error records as <see cref="ErrorTable"/> and <see cref="ErrorAdvice"/> describe them.</summary>
internal static class ErrorRecordFactory
{
    /// <param name="exception">The failure.</param>
    /// <param name="target">The input that failed. The target of the exception takes precedence.</param>
    internal static ErrorRecord Create(Exception exception, object? target = null)
    {
        exception = Unwrap(exception);

        // Exceptions of the engine, such as a path that does not exist, contain their record.
        if (exception is IContainsErrorRecord { ErrorRecord: ErrorRecord record })
        {
            return new ErrorRecord(record, exception);
        }

        AtlasCloudException? failure = exception as AtlasCloudException;
        ErrorDescription description = ErrorTable.Describe(exception);
        return new ErrorRecord(exception, description.Id, Enum.Parse<ErrorCategory>(description.Category), failure?.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = (failure is null ? null : ErrorAdvice.For(failure)) ?? description.Advice + ResumeWait(failure) },
        };
    }

    private static string ResumeWait(AtlasCloudException? failure) =>
        failure is { PredictionId: string id, Kind: AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.ServiceUnavailable }
            ? $" To resume the wait, run Get-AtlasPrediction {id} | Wait-AtlasPrediction."
            : "";

    private static Exception Unwrap(Exception exception) =>
        exception is AggregateException { InnerExceptions.Count: 1 } aggregate ? Unwrap(aggregate.InnerExceptions[0]) : exception;
}
