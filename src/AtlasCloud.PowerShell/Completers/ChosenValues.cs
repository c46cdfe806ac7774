using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>Removes the choices that an argument already contains, for inputs that accept several.</summary>
internal static class ChosenValues
{
    /// <summary>Returns the values that can follow what was typed: elements of a list, or the rest of one text with commas.</summary>
    /// <param name="member">The input.</param>
    /// <param name="values">All its values with their tooltips.</param>
    /// <param name="typed">The element that is being typed, without quotes.</param>
    /// <param name="parameterName">The name of the parameter.</param>
    /// <param name="command">The command on the command line.</param>
    internal static IEnumerable<(object Value, string Tooltip)> Omit(
        ModelParameter member, IEnumerable<(object Value, string Tooltip)> values, string typed, string parameterName, CommandAst command)
    {
        if (!member.AllowsMultiple)
        {
            return values;
        }

        int comma = typed.LastIndexOf(',');
        string before = typed[..(comma + 1)];
        HashSet<string> chosen = new(GetOtherElements(command, parameterName, typed).Concat(before.Split(',')).Select(c => c.Trim()), StringComparer.OrdinalIgnoreCase);
        return values.Where(v => !chosen.Contains(v.Value.ToString() ?? "")).Select(v => ((object)(before + v.Value), v.Tooltip));
    }

    private static IEnumerable<string> GetOtherElements(CommandAst command, string parameterName, string typed)
    {
        int index = command.CommandElements.ToList().FindIndex(e => e is CommandParameterAst p && p.ParameterName.Equals(parameterName, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? [] : command.CommandElements.Skip(index + 1).TakeWhile(e => e is not CommandParameterAst)
            .SelectMany(e => e.FindAll(a => a is StringConstantExpressionAst, searchNestedScriptBlocks: false))
            .Select(a => ((StringConstantExpressionAst)a).Value).Where(v => v != typed).SelectMany(v => v.Split(','));
    }
}
