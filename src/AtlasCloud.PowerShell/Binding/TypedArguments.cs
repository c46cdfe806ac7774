using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Checks the arguments that were specified on the command line.</summary>
internal static class TypedArguments
{
    /// <summary>Throws if an argument of a request has no value, such as a variable whose name is misspelled.</summary>
    /// <param name="arguments">The arguments of the invocation, before pipeline input is bound.</param>
    /// <param name="isInput">Whether a parameter is an input of a request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: arguments are empty.</exception>
    internal static void RequireValues(IReadOnlyDictionary<string, object?> arguments, Func<string, bool> isInput)
    {
        string[] empty = [.. arguments.Where(a => isInput(a.Key) && IsEmpty(a.Value)).Select(a => a.Key)];
        if (empty.Length > 0)
        {
            throw CmdletErrors.ArgumentsEmpty(empty);
        }
    }

    // An empty dictionary has nothing to lose.
    private static bool IsEmpty(object? value) => value switch
    {
        System.Collections.IDictionary => false,
        string[] texts => texts.Length == 0 || texts.Any(InputText.IsBlank),
        _ => Cells.IsBlank(value),
    };
}
