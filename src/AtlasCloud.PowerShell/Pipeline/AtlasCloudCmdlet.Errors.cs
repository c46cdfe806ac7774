using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <content>Non-terminating errors.</content>
public abstract partial class AtlasCloudCmdlet
{
    private readonly RepeatedErrors _repeatedErrors = new();

    /// <summary>Writes a failure as a non-terminating error.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">The input that failed. The target of the exception takes precedence.</param>
    protected void WriteFailure(Exception exception, object? target = null)
    {
        ErrorRecord record = ErrorRecordFactory.Create(exception, target);
        if (!_repeatedErrors.Add(exception))
        {
            WriteError(record);
            return;
        }

        RepeatedErrorRecord repeated = new(record) { IsBeingWritten = true };
        try
        {
            WriteError(repeated);
        }
        finally
        {
            repeated.IsBeingWritten = false;
        }
    }

    /// <summary>The effective -ErrorAction of the command.</summary>
    private protected ActionPreference GetErrorAction() =>
        MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? bound) && bound is ActionPreference action ? action
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ErrorActionPreference"), out ActionPreference preference) ? preference
        : ActionPreference.Continue;

    private void SummarizeErrors()
    {
        if (GetErrorAction() is ActionPreference.SilentlyContinue or ActionPreference.Ignore)
        {
            return;
        }

        foreach (string summary in _repeatedErrors.Summarize())
        {
            WriteWarning(summary);
        }
    }

    /// <summary>Whether -WhatIf is in effect. ShouldProcess does not distinguish it from a prompt that is declined.</summary>
    private protected bool IsWhatIfRequested() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? value)
        ? LanguagePrimitives.IsTrue(value)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
