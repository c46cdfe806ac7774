using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Completes the names of models from the catalog as it was last read. A key press never asks the network.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Session session = fakeBoundParameters["Session"] as Session ?? DefaultSession.Current.Get();
        string word = (wordToComplete ?? "").Trim('\'', '"');
        string? type = commandName.EndsWith("Chat", StringComparison.OrdinalIgnoreCase) ? "Text"
            : commandName.StartsWith("New-Atlas", StringComparison.OrdinalIgnoreCase) ? commandName["New-Atlas".Length..]
            : null;
        return session.Client.Models.Known
            .Where(m => !m.IsHidden && (type is null || m.Type.Equals(type, StringComparison.OrdinalIgnoreCase)))
            .Where(m => m.Id.Contains(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(m => m.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(m => new CompletionResult(Quoted(m.Id), m.Id, CompletionResultType.ParameterValue, $"{m.DisplayName ?? m.Id} {m.Price}".Trim()));
    }

    private static string Quoted(string id) =>
        id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '.' or '_')) ? $"'{id.Replace("'", "''", StringComparison.Ordinal)}'" : id;
}
