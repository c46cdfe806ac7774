using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.Pipeline;

/// <content>Questions to the user.</content>
public abstract partial class AtlasCloudCmdlet
{
    /// <summary>Returns whether an operation is to be performed, and asks the user if <c>-Confirm</c> or a preference requires it.</summary>
    /// <param name="target">The target of the operation.</param>
    /// <param name="action">The operation.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the host cannot ask.</exception>
    protected new bool ShouldProcess(string target, string action) => Ask(() => base.ShouldProcess(target, action));

    /// <inheritdoc cref="ShouldProcess(string, string)"/>
    /// <param name="verboseDescription">What <c>-WhatIf</c> shows.</param>
    /// <param name="verboseWarning">The question.</param>
    /// <param name="caption">The title of the question.</param>
    protected new bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption) =>
        Ask(() => base.ShouldProcess(verboseDescription, verboseWarning, caption));

    // The console throws NullReferenceException at the end of its input, and many other hosts throw NotImplementedException for questions.
    private static bool Ask(Func<bool> question)
    {
        try
        {
            return question();
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NullReferenceException or NotImplementedException or NotSupportedException or IOException)
        {
            throw CmdletErrors.HostCannotAsk(exception);
        }
    }
}
