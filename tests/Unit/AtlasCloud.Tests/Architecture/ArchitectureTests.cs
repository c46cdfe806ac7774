using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AtlasCloud.Tests;

/// <summary>Dependencies between the folders of the library go down and have no cycles. docs/Architecture.md shows the layers.</summary>
public sealed partial class ArchitectureTests
{
    // From the bottom to the top. Folders of one layer do not use each other.
    private static readonly string[][] s_layers =
    [
        ["Text", "Logging"],
        ["FileTypes", "Storage", "Json", "Background"],
        ["JsonSchema"],
        ["Http"],
        ["Journal"],
        ["Models", "Media", "Costs", "Account", "Defaults"],
        ["Requests", "Chat", "Chat/Protocols", "Assets", "Management"],
        ["Predictions"],
        ["Submission", "Outputs", "Webhooks", "Diagnostics"],
        ["Gallery", "Reuse"],
    ];

    // Entry points for callers: they combine what their area needs, and only the client uses them.
    private static readonly HashSet<string> s_entryPoints = new(StringComparer.Ordinal)
    {
        "AtlasCloud.AtlasCloudClient", "AtlasCloud.PredictionResource", "AtlasCloud.JournalResource", "AtlasCloud.OutputResource",
        "AtlasCloud.OutputSaver",
    };

    private static readonly Assembly s_library = typeof(AtlasCloudClient).Assembly;
    private static readonly IReadOnlyDictionary<string, string> s_folders = SourceFolders.Read(s_library.Location, "AtlasCloud");

    [Fact]
    public void Every_type_has_a_folder_with_a_layer()
    {
        HashSet<string> known = [.. s_layers.SelectMany(l => l), ""];

        Assert.Empty(s_folders.Where(f => !known.Contains(f.Value)).Select(f => $"{f.Key} in {f.Value}"));
        Assert.True(s_folders.Count > 200, $"Only {s_folders.Count} types were found.");
    }

    [Fact]
    public void Dependencies_point_to_lower_layers() => Assert.Empty(FindViolations());

    [Fact]
    public void Namespaces_of_internal_types_follow_their_folders()
    {
        IEnumerable<string> wrong = s_library.GetTypes()
            .Where(t => !t.IsNested && t.FullName is string name && s_folders.ContainsKey(name))
            .Where(t => t.Namespace != (t.IsPublic ? "AtlasCloud" : NamespaceOf(s_folders[t.FullName!])))
            .Select(t => $"{t.FullName} in {s_folders[t.FullName!]}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Internals_are_visible_to_tests_and_measurements_only() => Assert.DoesNotContain(
        s_library.GetCustomAttributes<InternalsVisibleToAttribute>(),
        a => !a.AssemblyName.EndsWith(".Tests", StringComparison.Ordinal) && a.AssemblyName is not ("AtlasCloud.Soak" or "AtlasCloud.Bench" or "AtlasCloud.MicroBench"));

    [Fact]
    public void The_emulator_uses_no_other_layer() =>
        Assert.DoesNotContain(typeof(Emulator).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("AtlasCloud", StringComparison.Ordinal));

    [Fact]
    public void The_library_names_no_cmdlet_and_no_parameter_with_a_dash()
    {
        string folder = Path.Combine(Repository.Root, "src", "AtlasCloud");
        IEnumerable<string> wrong =
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where PowerShellWords().IsMatch(line.Text)
            select $"{Path.GetRelativePath(folder, file)}:{line.Number}: {line.Text.Trim()}";

        Assert.Empty(wrong);
    }

    // A namespace cannot have the name of a public type: AtlasCloud.Media.
    private static string NamespaceOf(string folder) =>
        folder.Length == 0 || s_library.GetType("AtlasCloud." + folder) is not null ? "AtlasCloud" : "AtlasCloud." + folder.Replace('/', '.');

    private static IEnumerable<string> FindViolations()
    {
        Dictionary<string, int> ranks = s_layers.SelectMany((layer, rank) => layer.Select(folder => (folder, rank))).ToDictionary(p => p.folder, p => p.rank, StringComparer.Ordinal);
        HashSet<string> enums = [.. s_library.GetTypes().Where(t => t.IsEnum).Select(t => t.FullName!)];
        return
            from reference in TypeReferences.Read(s_library.Location)
            where !enums.Contains(reference.To) && !s_entryPoints.Contains(reference.From)
            let @from = s_folders.GetValueOrDefault(reference.From, "")
            let to = s_folders.GetValueOrDefault(reference.To, "")
            where s_entryPoints.Contains(reference.To)
                || (@from.Length > 0 && to.Length > 0 && @from.Split('/')[0] != to.Split('/')[0] && ranks[@from] <= ranks[to])
            orderby @from, to
            select $"{@from} -> {to}: {reference.From} uses {reference.To}";
    }

    [GeneratedRegex(@"\b(Get|New|Set|Close|Disable|Save|Send|Wait|Stop|Start|Connect|Disconnect|Invoke|Enter|Measure|Test|Confirm|Register|Import|Export|Show|Remove)-Atlas|(?<![\w'""(/<-])-[A-Z][A-Za-z]+\b|\$env:|\bcmdlets?\b", RegexOptions.CultureInvariant)]
    private static partial Regex PowerShellWords();
}
