using System.Text.RegularExpressions;
using AtlasCloud.Emulation.Chaos;

namespace AtlasCloud.Emulation.Tests.Lies;

/// <summary>The help topic lists all lies, and its examples are valid scenarios.</summary>
public sealed partial class LieDocumentationTests
{
    private static readonly string s_topic = File.ReadAllText(Path.Join(Root(), "docs", "en-US", "about_AtlasCloud_Emulator.md"));

    [Fact]
    public void Each_lie_is_in_the_help_topic_and_each_listed_name_is_a_lie()
    {
        string section = s_topic[s_topic.IndexOf("## LIES", StringComparison.Ordinal)..s_topic.IndexOf("## RANDOM FAULTS", StringComparison.Ordinal)];
        IEnumerable<string> listed = TableNames().Matches(section).SelectMany(row => row.Groups[1].Value.Split(", ")).Except(["Name"]);

        Assert.Equal(KnownLies.All.Keys.Order(), listed.Order());
    }

    [Fact]
    public void Examples_in_the_help_topic_are_valid_scenarios()
    {
        List<string> examples = [.. JsonBlocks().Matches(s_topic).Select(block => block.Groups[1].Value)];

        Assert.True(examples.Count >= 6);
        Assert.All(examples, example => Assert.NotNull(EmulatorScenario.Parse(example)));
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "AtlasCloud.PowerShell.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("^\\| ([a-zA-Z0-9, -]+) \\|", RegexOptions.Multiline)]
    private static partial Regex TableNames();

    [GeneratedRegex("```json\\s(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();
}
