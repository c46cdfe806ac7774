using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the names of models that the command can use, from the catalog as it was last read. A key press never waits for the network.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private const string Generating = "New-Atlas";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Results(
            wordToComplete,
            Completion.ModelsFor(fakeBoundParameters).Where(m => !m.IsHidden && IsFor(commandName, m)),
            m => m.Id,
            TipOf);

    private static bool IsFor(string command, Model model) =>
        command.EndsWith("Chat", StringComparison.OrdinalIgnoreCase) ? model.Type == "Text"
        : command.StartsWith(Generating, StringComparison.OrdinalIgnoreCase) ? model.Type.Equals(command[Generating.Length..], StringComparison.OrdinalIgnoreCase)
        : !command.Equals("Measure-AtlasCost", StringComparison.OrdinalIgnoreCase) || model.Type != "Text";

    // Its name, its price, and what it does: in the service's words, else by its categories.
    private static string TipOf(Model model) => string.Join(
        " · ",
        new[] { model.DisplayName ?? model.Id, model.Price?.ToString(), model.Description ?? string.Join(", ", model.Categories) }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
