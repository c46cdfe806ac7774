using System.Collections;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>Makes tools of what a user names: a command, a script block with a param block, or a hashtable with a name and a script block.</summary>
internal sealed class ToolFactory(CommandInvocationIntrinsics engine)
{
    /// <exception cref="AtlasCloudException">It is not a command, or two tools share a name.</exception>
    internal IReadOnlyList<AtlasTool> Make(IEnumerable<object> items)
    {
        List<AtlasTool> tools = [];
        foreach (object item in items)
        {
            AtlasTool tool = Make(item is PSObject wrapped ? wrapped.BaseObject : item, tools.Count + 1);
            if (tools.Exists(t => t.Name.Equals(tool.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw Invalid($"Two tools are called '{tool.Name}'.", "Give each another name: -Tool @{ Name = 'name'; ScriptBlock = { ... } }.");
            }

            tools.Add(tool);
        }

        return tools;
    }

    private AtlasTool Make(object item, int number) => item switch
    {
        AtlasTool tool => tool,
        ScriptBlock script => FromScript(script, null, null, null, number),
        CommandInfo command => FromCommand(command),
        IDictionary description => FromDescription(description, number),
        string name => FromCommand(engine.GetCommand(name, CommandTypes.Function | CommandTypes.Cmdlet | CommandTypes.Alias | CommandTypes.Filter)
            ?? throw Invalid($"There is no command '{name}' that could be a tool.", "Name a function or cmdlet, or give a script block with a param block.")),
        _ => throw Invalid($"A {item.GetType().Name} cannot be a tool.", "Give a command, its name, a script block, or @{ Name; Description; ScriptBlock }."),
    };

    private AtlasTool FromCommand(CommandInfo command)
    {
        CommandInfo real = command is AliasInfo { ResolvedCommand: CommandInfo resolved } ? resolved : command;
        PSObject? help = Help(real.Name);
        string description = Text(help, "Synopsis") is { Length: > 0 } synopsis && !synopsis.StartsWith(real.Name, StringComparison.OrdinalIgnoreCase)
            ? synopsis
            : Text(help, "Description") ?? $"The PowerShell command {real.Name}.";
        Dictionary<string, string> texts = ParameterTexts(help);
        return new AtlasTool(SafeName(command.Name), description, ToolSchema.Of(real.Parameters, name => texts.GetValueOrDefault(name)), real);
    }

    private AtlasTool FromScript(ScriptBlock script, string? name, string? description, IDictionary? schema, int number)
    {
        // A function is how the engine reads a param block; it lives for the moment of the question only.
        const string Reader = "param($Body) $function:local:AtlasToolReader = $Body; (Get-Command AtlasToolReader -CommandType Function).Parameters; Get-Help AtlasToolReader -ErrorAction Ignore";
        Collection<PSObject> read = engine.InvokeScript(Reader, useNewScope: true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, script);
        PSObject? help = read.Skip(1).FirstOrDefault();
        Dictionary<string, string> texts = ParameterTexts(help);
        OrderedDictionary parameters = schema is not null
            ? PlainValues.Unwrap(schema)
            : read.FirstOrDefault()?.BaseObject is IDictionary<string, ParameterMetadata> found ? ToolSchema.Of(found, p => texts.GetValueOrDefault(p)) : [];
        string synopsis = Text(help, "Synopsis") is { Length: > 0 } text && !text.Contains("AtlasToolReader", StringComparison.Ordinal) ? text : $"A PowerShell script: {Short(script)}";
        return new AtlasTool(SafeName(name ?? $"tool_{number}"), description ?? synopsis, parameters, script);
    }

    private AtlasTool FromDescription(IDictionary description, int number)
    {
        object? Value(string name) => description.Keys.Cast<object>().Where(k => name.Equals(k.ToString(), StringComparison.OrdinalIgnoreCase))
            .Select(k => description[k] is PSObject wrapped ? wrapped.BaseObject : description[k]).FirstOrDefault();

        return Value("ScriptBlock") is ScriptBlock script
            ? FromScript(script, Value("Name")?.ToString(), Value("Description")?.ToString(), Value("Parameters") as IDictionary, number)
            : throw Invalid("A tool that is a hashtable needs a ScriptBlock.", "Give @{ Name = 'name'; Description = 'what it does'; ScriptBlock = { param(...) ... } }.");
    }

    private PSObject? Help(string name) =>
        engine.InvokeScript("param($Name) Get-Help -Name $Name -ErrorAction Ignore | Select-Object -First 1", name).FirstOrDefault();

    private static Dictionary<string, string> ParameterTexts(PSObject? help)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        object? list = (help?.Properties["parameters"]?.Value as PSObject)?.Properties["parameter"]?.Value;
        foreach (object? item in LanguagePrimitives.GetEnumerable(list) ?? (list is null ? Array.Empty<object>() : new[] { list }))
        {
            PSObject parameter = PSObject.AsPSObject(item);
            if (parameter.Properties["name"]?.Value?.ToString() is string name && Text(parameter, "description") is { Length: > 0 } text)
            {
                texts[name] = text;
            }
        }

        return texts;
    }

    // Help texts come as text, or as a list of objects with a Text.
    private static string? Text(PSObject? help, string property)
    {
        object? value = help?.Properties[property]?.Value;
        string? text = LanguagePrimitives.GetEnumerable(value) is IEnumerable parts
            ? string.Join("\n", parts.Cast<object?>().Select(p => PSObject.AsPSObject(p).Properties["Text"]?.Value ?? p))
            : value?.ToString();
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    // The protocols take letters, digits, _ and - in the name of a function, up to 64 of them.
    private static string SafeName(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return safe.Length > 64 ? safe[..64] : safe;
    }

    private static string Short(ScriptBlock script)
    {
        string text = script.ToString().Trim().ReplaceLineEndings(" ");
        return text.Length <= 120 ? text : text[..120] + "…";
    }

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
