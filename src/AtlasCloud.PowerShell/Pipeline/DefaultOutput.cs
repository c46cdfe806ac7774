using System.Management.Automation;
using System.Reflection;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Determines whether the output of a command is only shown: no variable, file or other command receives it.</summary>
/// <remarks>
/// The formatter ends the line after each object, so a stream of words reads as text only if the command shows it. The engine has no public member that
/// reveals the next command. If these members are missing in a later version, the answer is no, and the command writes objects as it does to any pipeline.
/// </remarks>
internal static class DefaultOutput
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    internal static bool IsNext(PSCmdlet command)
    {
        // -OutVariable receives objects as well as the pipeline.
        if (command.MyInvocation.BoundParameters.ContainsKey("OutVariable") || command.MyInvocation.BoundParameters.ContainsKey("PipelineVariable"))
        {
            return false;
        }

        object? next = Read(Read(Read(command.CommandRuntime, "OutputPipe"), "DownstreamCmdlet"), "Command");
        return next?.GetType().Name == "OutDefaultCommand";
    }

    private static object? Read(object? target, string property)
    {
        try
        {
            return target?.GetType().GetProperty(property, Members)?.GetValue(target);
        }
        catch (Exception exception) when (exception is TargetInvocationException or AmbiguousMatchException or NotSupportedException)
        {
            return null;
        }
    }
}
