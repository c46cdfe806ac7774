using System.Collections;
using System.Management.Automation;

namespace AtlasCloud;

/// <summary>A tool that a language model may call: a command or a script block, described by its parameters.</summary>
public sealed class AtlasTool
{
    internal AtlasTool(string name, string description, IDictionary parameters, object command)
    {
        Description = new ChatTool { Name = name, Description = description, Parameters = parameters };
        Command = command;
    }

    /// <summary>The name by which the model calls it.</summary>
    public string Name => Description.Name;

    /// <summary>The description for the model: its name, what it does, and the JSON schema of its arguments.</summary>
    public ChatTool Description { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What runs: a <see cref="CommandInfo"/> or a <see cref="ScriptBlock"/>.</summary>
    internal object Command { get; }
}
