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

    /// <summary>
    /// Returns the parameters whose argument is a script block that runs for each pipeline object. Before the first object the engine has a placeholder of its
    /// own in place of the value.
    /// </summary>
    /// <param name="arguments">The arguments of the invocation, before pipeline input is bound.</param>
    /// <param name="types">The inputs of a request, with their types.</param>
    internal static IEnumerable<string> FindScripts(IReadOnlyDictionary<string, object?> arguments, IReadOnlyDictionary<string, Type> types) =>
        arguments.Where(a => types.TryGetValue(a.Key, out Type? type) && a.Value is object value && !type.IsInstanceOfType(value) && !type.IsInstanceOfType(PSObjects.Unwrap(value)))
            .Select(a => a.Key);

    // An empty dictionary has nothing to lose.
    private static bool IsEmpty(object? value) => value switch
    {
        System.Collections.IDictionary => false,
        string[] texts => texts.Length == 0 || texts.Any(InputText.IsBlank),
        _ => Cells.IsBlank(value),
    };
}
