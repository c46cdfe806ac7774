using YamlDotNet.RepresentationModel;

namespace AtlasCloud.Repository.Tests;

/// <summary>A workflow file, as far as the tests read it.</summary>
internal sealed class Workflow
{
    private readonly YamlMappingNode _root;

    private Workflow(YamlMappingNode root) => _root = root;

    public static Workflow Read(string file) => Parse(RepositoryFolder.Read(file));

    public static Workflow Parse(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return new Workflow((YamlMappingNode)stream.Documents[0].RootNode);
    }

    public IReadOnlyDictionary<string, string>? Permissions => Map(_root, "permissions");

    public IEnumerable<Job> Jobs => ((YamlMappingNode)_root["jobs"]).Select(j => new Job(j.Key.ToString(), (YamlMappingNode)j.Value));

    private static IReadOnlyDictionary<string, string>? Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) && value is YamlMappingNode map
            ? map.ToDictionary(p => p.Key.ToString(), p => p.Value.ToString())
            : null;

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) ? (value as YamlScalarNode)?.Value : null;

    internal sealed record Job(string Name, YamlMappingNode Node)
    {
        public IReadOnlyDictionary<string, string>? Permissions => Map(Node, "permissions");

        public string? Environment => Text(Node, "environment");

        public string? TimeLimit => Text(Node, "timeout-minutes");

        public string Source => Node.ToString();

        public IEnumerable<string> Needs => !Node.Children.TryGetValue("needs", out YamlNode? needs) ? []
            : needs is YamlSequenceNode list ? list.Select(n => n.ToString()) : [needs.ToString()];

        public IEnumerable<Step> Steps => ((YamlSequenceNode)Node["steps"]).Cast<YamlMappingNode>().Select(s => new Step(s));
    }

    internal sealed record Step(YamlMappingNode Node)
    {
        public string? Action => Text(Node, "uses");

        /// <summary>The commands of the step, one per line, with continued lines joined.</summary>
        public IEnumerable<string> Commands =>
            (Text(Node, "run") ?? "").Replace("\\\n", " ", StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public string? Input(string name) => Map(Node, "with")?.GetValueOrDefault(name);
    }
}
