using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// The recommended action for each reason. The library reports reasons and facts; only this class and <see cref="ErrorTable"/>, which has one action
/// per kind, name commands and parameters. One file per area of the library.
/// </summary>
internal static partial class ErrorAdvice
{
    /// <summary>Returns the advice for an exception: its own, or that for its reason; null if only <see cref="ErrorTable"/> has advice, for its kind.</summary>
    internal static string? For(AtlasCloudException exception) =>
        exception.RecommendedAction ?? Http(exception) ?? Costs(exception) ?? Requests(exception) ?? Predictions(exception) ?? Outputs(exception)
        ?? Media(exception) ?? Assets(exception) ?? Models(exception) ?? Chat(exception) ?? Account(exception) ?? Webhooks(exception) ?? Management(exception);

    // Advice is copied to the prompt, and a model ID can come from the service.
    private static string Quote(string? argument)
    {
        string text = TerminalText.ToSingleLine(argument ?? "", int.MaxValue);
        return text.Length > 0 && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or ':')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }
}
