using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.Binding;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes -Session with the variables that contain a session.</summary>
public sealed class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").TrimStart('$');
        using Engine shell = Engine.Create(RunspaceMode.CurrentRunspace);
        return
        [
            .. from variable in shell.AddCommand("Get-Variable").Invoke<PSVariable>()
               where PSObjects.Unwrap(variable.Value) is Session
               where variable.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               from result in Completion.CreateResult(CompletionText.FromVariable(variable.Name), $"${variable.Name}", variable.Value.ToString() ?? "")
               select result,
        ];
    }
}
