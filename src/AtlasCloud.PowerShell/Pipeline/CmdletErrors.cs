using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Creates the errors of the cmdlets themselves, which the library never sees, with their advice.</summary>
internal static class CmdletErrors
{
    private static readonly ConditionalWeakTable<AtlasCloudException, string> s_advice = [];

    /// <summary>An input cannot be used.</summary>
    /// <param name="message">What was wrong, what was expected, and what happened to the money.</param>
    /// <param name="advice">What to do next.</param>
    /// <param name="target">The value it is about. Default: the input of the command.</param>
    internal static AtlasCloudException Invalid(string message, string advice, object? target = null) =>
        WithAdvice(new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, message) { Target = target }, advice);

    /// <summary>A path belongs to another provider, such as the registry.</summary>
    internal static AtlasCloudException NotFileSystem(string parameter, string path, string provider) => WithAdvice(
        new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"'{path}' is not a file system path but one of the provider {provider}. Nothing was saved.")
        {
            Input = parameter,
            Value = path,
            Target = path,
        },
        "Specify a path in the file system, with its drive if the current location is elsewhere.");

    /// <summary>The advice of an error created here; null for any other.</summary>
    internal static string? AdviceFor(AtlasCloudException exception) => s_advice.TryGetValue(exception, out string? advice) ? advice : null;

    private static AtlasCloudException WithAdvice(AtlasCloudException exception, string advice)
    {
        s_advice.Add(exception, advice);
        return exception;
    }
}
