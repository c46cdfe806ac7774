using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>The script blocks on the command line, as in <c>-Label { $_.Animal }</c>, and the columns that they read. Those columns are used, although they match no parameter.</summary>
/// <remarks>The engine runs these script blocks before the command sees the row, and does not say which arguments come from one.</remarks>
internal sealed class ArgumentScripts
{
    // The API to build with does not have the property, which newer versions of PowerShell have.
    private static readonly PropertyInfo? s_statement = typeof(InvocationInfo).GetProperty("Statement");

    private readonly HashSet<string> _columns = new(StringComparer.OrdinalIgnoreCase);
    private bool _readsAll;

    /// <summary>Finds the script blocks of a command.</summary>
    /// <param name="invocation">The command line.</param>
    /// <param name="getVariable">Returns the value of a variable, which can be a script block or arguments to splat.</param>
    internal ArgumentScripts(InvocationInfo invocation, Func<string, object?> getVariable)
    {
        string text = s_statement?.GetValue(invocation) as string ?? invocation.Line ?? "";
        ScriptBlockAst script = Parser.ParseInput(text, out Token[] _, out ParseError[] _);
        foreach (Ast argument in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: false).Cast<CommandAst>().SelectMany(GetArguments))
        {
            if (argument is ScriptBlockExpressionAst block)
            {
                Add(block.ScriptBlock);
            }
            else if (argument is VariableExpressionAst variable)
            {
                AddValue(getVariable(variable.VariablePath.UserPath));
            }
        }
    }

    /// <summary>Finds the script blocks of a command when they are needed.</summary>
    internal static Lazy<ArgumentScripts> FindLater(PSCmdlet command) =>
        new(() => new ArgumentScripts(command.MyInvocation, name => command.SessionState.PSVariable.GetValue(name)));

    /// <summary>Whether a script block reads a column.</summary>
    internal bool Read(string column) => _readsAll || _columns.Contains(column);

    private static IEnumerable<Ast> GetArguments(CommandAst command) =>
        command.CommandElements.Select(element => element is CommandParameterAst { Argument: ExpressionAst argument } ? argument : (Ast)element);

    private void AddValue(object? value)
    {
        switch (PSObjects.Unwrap(value))
        {
            case ScriptBlock script:
                Add(script.Ast);
                break;
            case IDictionary splatted:
                foreach (ScriptBlock script in splatted.Values.Cast<object?>().Select(PSObjects.Unwrap).OfType<ScriptBlock>())
                {
                    Add(script.Ast);
                }

                break;
        }
    }

    private void Add(Ast script)
    {
        foreach (VariableExpressionAst row in script.FindAll(IsRow, searchNestedScriptBlocks: true).Cast<VariableExpressionAst>())
        {
            switch (row.Parent)
            {
                case InvokeMemberExpressionAst:
                    _readsAll = true;
                    break;
                case MemberExpressionAst { Member: StringConstantExpressionAst member } when !member.Value.StartsWith("PS", StringComparison.OrdinalIgnoreCase):
                    _columns.Add(member.Value);
                    break;
                case IndexExpressionAst { Index: StringConstantExpressionAst index } indexed when indexed.Target == row:
                    _columns.Add(index.Value);
                    break;
                default:
                    // The whole row is used, for example as text.
                    _readsAll = true;
                    break;
            }
        }
    }

    private static bool IsRow(Ast ast) => ast is VariableExpressionAst { VariablePath.UserPath: string name }
        && (name == "_" || name.Equals("PSItem", StringComparison.OrdinalIgnoreCase));
}
