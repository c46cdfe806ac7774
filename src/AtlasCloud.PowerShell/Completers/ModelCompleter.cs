using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the IDs of models that the command can use, from the cached catalog.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private const string GeneratingPrefix = "New-Atlas";
    private const string ParameterName = "Model";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Complete(
            wordToComplete,
            Completion.GetModels(fakeBoundParameters).Where(m => !m.IsHidden && IsUsableAs(parameterName, m) && IsUsableWith(commandName, m)),
            m => m.Id,
            GetTooltip);

    // -ImageModel and its like.
    private static bool IsUsableAs(string parameter, Model model) => parameter.Length == ParameterName.Length || !parameter.EndsWith(ParameterName, StringComparison.OrdinalIgnoreCase)
        || model.Type.Equals(parameter[..^ParameterName.Length].Replace("Chat", "Text", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase);

    private static bool IsUsableWith(string command, Model model) =>
        command.EndsWith("Chat", StringComparison.OrdinalIgnoreCase) ? model.Type == "Text"
        : command.StartsWith(GeneratingPrefix, StringComparison.OrdinalIgnoreCase) ? model.Type.Equals(command[GeneratingPrefix.Length..], StringComparison.OrdinalIgnoreCase)
        : !command.Equals("Measure-AtlasCost", StringComparison.OrdinalIgnoreCase) || model.Type != "Text";

    private static string GetTooltip(Model model) => string.Join(
        " · ",
        new[] { model.DisplayName ?? model.Id, model.Pricing?.ToString(), model.Description ?? string.Join(", ", model.Categories) }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
