using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the skill that teaches an assistant with a shell to use the module.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasSkill")]
[OutputType(typeof(Skill))]
[OutputType(typeof(string))]
public sealed class GetAtlasSkillCommand : AtlasCloudCmdlet
{
    private const string SkillFile = "SKILL.md";

    /// <summary>Returns the folder of the skill instead, for a copy to the folder that an assistant reads.</summary>
    [Parameter]
    public SwitchParameter Path { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        string root = System.IO.Path.Join(System.IO.Path.GetDirectoryName(typeof(GetAtlasSkillCommand).Assembly.Location), "skills");
        foreach (string folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            WriteObject(Path ? folder : Read(folder));
        }
    }

    private static Skill Read(string folder)
    {
        string[] lines = File.ReadAllLines(System.IO.Path.Join(folder, SkillFile));
        return new Skill { Name = FindValue(lines, "name"), Description = FindValue(lines, "description"), Path = folder };
    }

    // The front matter is between two lines of dashes, and its values are plain text on one line.
    private static string FindValue(string[] lines, string name) =>
        lines.Skip(1).TakeWhile(line => line != "---").First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
