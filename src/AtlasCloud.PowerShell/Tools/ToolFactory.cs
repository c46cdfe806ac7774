using System.Collections;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>Creates tools from what a user names: a command, a script block with a param block, or a hashtable with a name and a script block.</summary>
internal sealed class ToolFactory(CommandInvocationIntrinsics engine)
{
    /// <exception cref="AtlasCloudException">InvalidParameter: an item cannot be a tool, or two tools share a name.</exception>
    internal IReadOnlyList<AtlasTool> Create(IEnumerable<object> items)
    {
        List<AtlasTool> tools = [];
        foreach (object item in items)
        {
            AtlasTool tool = Create(PSObjects.Unwrap(item), tools.Count + 1);
            if (tools.Exists(t => t.Name.Equals(tool.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw CmdletErrors.DuplicateTool(tool.Name);
            }

            tools.Add(tool);
        }

        return tools;
    }

    private AtlasTool Create(object item, int number) => item switch
    {
        AtlasTool tool => tool,
        ScriptBlock script => FromScript(script, null, null, null, number),
        CommandInfo command => FromCommand(command),
        IDictionary description => FromDescription(description, number),
        string name => FromCommand(engine.GetCommand(name, CommandTypes.Function | CommandTypes.Cmdlet | CommandTypes.Alias | CommandTypes.Filter)
            ?? throw CmdletErrors.ToolCommandMissing(name)),
        _ => throw CmdletErrors.NotTool(item),
    };

    private AtlasTool FromCommand(CommandInfo command)
    {
        CommandInfo real = command is AliasInfo { ResolvedCommand: CommandInfo resolved } ? resolved : command;
        PSObject? help = GetHelp(real.Name);
        string description = TextOf(help, "Synopsis") is { Length: > 0 } synopsis && !synopsis.StartsWith(real.Name, StringComparison.OrdinalIgnoreCase)
            ? synopsis
            : TextOf(help, "Description") ?? $"The PowerShell command {real.Name}.";
        Dictionary<string, string> texts = ParameterTexts(help);
        return new AtlasTool(ToToolName(command.Name), description, ToolSchema.Create(real.Parameters, name => texts.GetValueOrDefault(name)), real);
    }

    private AtlasTool FromScript(ScriptBlock script, string? name, string? description, IDictionary? schema, int number)
    {
        // The engine reads a param block only as part of a function; this one exists during the call.
        const string Reader = "param($Body) $function:local:AtlasToolReader = $Body; (Get-Command AtlasToolReader -CommandType Function).Parameters; Get-Help AtlasToolReader -ErrorAction Ignore";
        Collection<PSObject> read = engine.InvokeScript(Reader, useNewScope: true, PipelineResultTypes.None, null, script);
        PSObject? help = read.Skip(1).FirstOrDefault();
        Dictionary<string, string> texts = ParameterTexts(help);
        OrderedDictionary parameters = schema is not null
            ? PlainValues.Unwrap(schema)
            : read.FirstOrDefault()?.BaseObject is IDictionary<string, ParameterMetadata> found ? ToolSchema.Create(found, p => texts.GetValueOrDefault(p)) : [];
        string synopsis = TextOf(help, "Synopsis") is { Length: > 0 } text && !text.Contains("AtlasToolReader", StringComparison.Ordinal) ? text : $"A PowerShell script: {Abbreviate(script)}";
        return new AtlasTool(ToToolName(name ?? $"tool_{number}"), description ?? synopsis, parameters, script);
    }

    private AtlasTool FromDescription(IDictionary description, int number)
    {
        if (RepeatedKeys.Find(description, k => k.ToUpperInvariant()) is (string first, string second, _))
        {
            throw CmdletErrors.ToolKeyRepeated(first, second);
        }

        object? MemberOf(string name) => description.Keys.Cast<object>().Where(k => name.Equals(k.ToString(), StringComparison.OrdinalIgnoreCase))
            .Select(k => PSObjects.Unwrap(description[k])).FirstOrDefault();

        return MemberOf("ScriptBlock") is ScriptBlock script
            ? FromScript(script, MemberOf("Name")?.ToString(), MemberOf("Description")?.ToString(), MemberOf("Parameters") as IDictionary, number)
            : throw CmdletErrors.ToolWithoutScript();
    }

    private PSObject? GetHelp(string name) =>
        engine.InvokeScript("param($Name) Get-Help -Name $Name -ErrorAction Ignore | Select-Object -First 1", name).FirstOrDefault();

    private static Dictionary<string, string> ParameterTexts(PSObject? help)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        object? list = (help?.Properties["parameters"]?.Value as PSObject)?.Properties["parameter"]?.Value;
        foreach (object? item in LanguagePrimitives.GetEnumerable(list) ?? (list is null ? Array.Empty<object>() : new[] { list }))
        {
            PSObject parameter = PSObject.AsPSObject(item);
            if (parameter.Properties["name"]?.Value?.ToString() is string name && TextOf(parameter, "description") is { Length: > 0 } text)
            {
                texts[name] = text;
            }
        }

        return texts;
    }

    // Help texts are strings, or lists of objects with a Text property.
    private static string? TextOf(PSObject? help, string property)
    {
        object? value = help?.Properties[property]?.Value;
        string? text = LanguagePrimitives.GetEnumerable(value) is IEnumerable parts
            ? string.Join("\n", parts.Cast<object?>().Select(p => PSObject.AsPSObject(p).Properties["Text"]?.Value ?? p))
            : value?.ToString();
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    // The protocols accept up to 64 letters, digits, _ and - in the name of a function.
    private static string ToToolName(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return safe.Length > 64 ? safe[..64] : safe;
    }

    private static string Abbreviate(ScriptBlock script)
    {
        string text = script.ToString().Trim().ReplaceLineEndings(" ");
        return text.Length <= 120 ? text : text[..120] + "…";
    }
}
