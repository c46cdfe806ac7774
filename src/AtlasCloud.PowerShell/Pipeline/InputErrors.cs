using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Errors about the input of a command that the library never sees, with their advice in PowerShell's words.</summary>
internal static class InputErrors
{
    private static readonly ConditionalWeakTable<AtlasCloudException, string> s_advice = [];

    /// <summary>Creates an InvalidParameter error.</summary>
    /// <param name="message">What was wrong, what was expected, and what happened to the money.</param>
    /// <param name="advice">What to do next.</param>
    /// <param name="target">The value it is about; by default the input of the command.</param>
    internal static AtlasCloudException Create(string message, string advice, object? target = null)
    {
        AtlasCloudException exception = new(AtlasCloudErrorKind.InvalidParameter, message) { Target = target };
        s_advice.Add(exception, advice);
        return exception;
    }

    /// <summary>The advice of an error created here; null for any other.</summary>
    internal static string? AdviceFor(AtlasCloudException exception) => s_advice.TryGetValue(exception, out string? advice) ? advice : null;
}
