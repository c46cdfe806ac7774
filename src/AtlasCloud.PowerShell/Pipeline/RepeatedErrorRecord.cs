using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// An error whose text equals one that the command has shown. It is written like any other error, so it is in $Error and -ErrorVariable and obeys
/// -ErrorAction. Its view in AtlasCloud.Format.ps1xml is empty while it is written, and that of any error afterwards.
/// </summary>
internal sealed class RepeatedErrorRecord(ErrorRecord record) : ErrorRecord(record, replaceParentContainsErrorRecordException: null)
{
    /// <summary>Whether the command is writing the error, so that a view is requested by the host that shows the error stream.</summary>
    public bool IsBeingWritten { get; set; }
}
