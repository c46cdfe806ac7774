using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The place of a command in its pipeline.</summary>
/// <param name="Position">Its position, from 1. A leading expression, such as a string, does not count.</param>
/// <param name="Length">The number of commands.</param>
/// <param name="HasInput">Whether it receives pipeline input.</param>
internal readonly record struct PipelinePlace(int Position, int Length, bool HasInput)
{
    /// <summary>Whether the pipeline has no other command, as that of a command that a proxy function wraps.</summary>
    internal bool IsAlone => Length == 1;

    internal static PipelinePlace Of(InvocationInfo invocation) => new(invocation.PipelinePosition, invocation.PipelineLength, invocation.ExpectingInput);
}
