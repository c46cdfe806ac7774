using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the names of projects that this session has listed. Sends no request.</summary>
public sealed class ProjectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Complete(
            wordToComplete,
            Completion.GetClient(fakeBoundParameters)?.Management.KnownProjects ?? [],
            project => project.Name,
            project => $"{project.Status} · {project.Budget}");
}
