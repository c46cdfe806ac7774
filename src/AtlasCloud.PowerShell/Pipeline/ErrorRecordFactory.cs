using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Makes the error record of an exception, as <see cref="ErrorTable"/> describes it.</summary>
internal static class ErrorRecordFactory
{
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The input that it went wrong with; an exception that knows better has the last word.</param>
    internal static ErrorRecord Create(Exception exception, object? target = null)
    {
        exception = Unwrap(exception);

        // The engine's own (a path that does not resolve, a script block that throws) bring their record along.
        if (exception is IContainsErrorRecord { ErrorRecord: ErrorRecord given })
        {
            return new ErrorRecord(given, exception);
        }

        AtlasCloudException? known = exception as AtlasCloudException;
        ErrorDescription description = ErrorTable.Describe(exception);
        return new ErrorRecord(exception, description.Id, Enum.Parse<ErrorCategory>(description.Category), known?.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = AdviceFor(known) ?? description.Advice },
        };
    }

    private static string? AdviceFor(AtlasCloudException? exception) =>
        exception is null ? null : ErrorAdvice.For(exception) ?? exception.RecommendedAction;

    private static Exception Unwrap(Exception exception) =>
        exception is AggregateException { InnerExceptions.Count: 1 } several ? Unwrap(several.InnerExceptions[0]) : exception;
}
