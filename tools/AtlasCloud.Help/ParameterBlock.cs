using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.Help;

/// <summary>
/// Reads the block of facts below a parameter. It is that part of YAML which these blocks use, read strictly: a misspelt fact is a
/// fault and not a missing one.
/// </summary>
internal sealed partial class ParameterBlock
{
    private static readonly string[] s_facts =
        ["Type", "DefaultValue", "SupportsWildcards", "Aliases", "ParameterSets", "DontShow", "AcceptedValues", "HelpMessage"];

    private static readonly string[] s_factsOfSet =
        ["Name", "Position", "IsRequired", "ValueFromPipeline", "ValueFromPipelineByPropertyName", "ValueFromRemainingArguments"];

    private readonly string _file;
    private readonly int _line;
    private readonly Dictionary<string, (string Value, int Line)> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly List<(Dictionary<string, (string Value, int Line)> Facts, int Line)> _sets = [];

    private ParameterBlock(string file, int line) => (_file, _line) = (file, line);

    /// <summary>Reads a block whose first line of content is <paramref name="line"/>.</summary>
    /// <exception cref="PageException">It is malformed.</exception>
    internal static ParameterEntry Read(string file, int line, string text, string name, IReadOnlyList<string> description, int headingLine)
    {
        ParameterBlock block = new(file, line);
        block.ReadLines(text);
        return new ParameterEntry
        {
            Name = name,
            Description = description,
            Type = block.Required(block._facts, "Type", line),
            DefaultValue = block.Text(block._facts, "DefaultValue", line),
            SupportsWildcards = block.Flag(block._facts, "SupportsWildcards", line),
            Aliases = block.List("Aliases"),
            AcceptedValues = block.List("AcceptedValues"),
            Sets = block.Sets(),
            Line = headingLine,
        };
    }

    private void ReadLines(string text)
    {
        string list = "";
        int number = _line;
        foreach (string line in text.Split('\n'))
        {
            if (line.Trim().Length > 0)
            {
                list = ReadLine(line.TrimEnd(), number, list);
            }

            number++;
        }
    }

    private string ReadLine(string line, int number, string list)
    {
        Match fact = Fact().Match(line);
        if (line.StartsWith("- ", StringComparison.Ordinal) && list != "ParameterSets")
        {
            (_lists.TryGetValue(list, out List<string>? items) ? items : throw Fault(number, "A list item needs a list above it.")).Add(Unquote(line[2..]));
        }
        else if (!fact.Success)
        {
            throw Fault(number, $"'{line.Trim()}' is no fact of a parameter: 'Name: value' is expected.");
        }
        else if (fact.Groups["indent"].Value.Length == 0)
        {
            list = ReadFact(fact, number);
        }
        else if (list != "ParameterSets")
        {
            throw Fault(number, "Only the facts of a parameter set are indented.");
        }
        else
        {
            ReadFactOfSet(fact, number);
        }

        return list;
    }

    private string ReadFact(Match fact, int number)
    {
        (string name, string value) = (fact.Groups["name"].Value, fact.Groups["value"].Value);
        Know(s_facts, name, number);
        if (!_facts.TryAdd(name, (Unquote(value), number)))
        {
            throw Fault(number, $"{name} stands here twice.");
        }

        if (name is "Aliases" or "AcceptedValues")
        {
            _lists[name] = value is "[]" or "" ? [] : throw Fault(number, $"{name} is a list: [] or one '- value' per line.");
        }

        return name;
    }

    private void ReadFactOfSet(Match fact, int number)
    {
        (string name, string value) = (fact.Groups["name"].Value, fact.Groups["value"].Value);
        if (fact.Groups["indent"].Value == "- ")
        {
            _sets.Add((new(StringComparer.Ordinal), number));
        }

        Know(s_factsOfSet, name, number);
        if (_sets.Count == 0 || !_sets[^1].Facts.TryAdd(name, (Unquote(value), number)))
        {
            throw Fault(number, $"{name} belongs into a parameter set, once.");
        }
    }

    private ParameterSetEntry[] Sets() => _sets.Count == 0
        ? throw Fault(_line, "ParameterSets names no set.")
        : [.. _sets.Select(set => new ParameterSetEntry(
            Required(set.Facts, "Name", set.Line),
            Position(set.Facts, set.Line),
            Flag(set.Facts, "IsRequired", set.Line),
            Flag(set.Facts, "ValueFromPipeline", set.Line),
            Flag(set.Facts, "ValueFromPipelineByPropertyName", set.Line)))];

    private int? Position(Dictionary<string, (string Value, int Line)> facts, int line)
    {
        string text = Required(facts, "Position", line);
        return text == "Named" ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) ? position
            : throw Fault(facts["Position"].Line, $"Position is a number or Named, not '{text}'.");
    }

    private bool Flag(Dictionary<string, (string Value, int Line)> facts, string name, int line) => Required(facts, name, line) switch
    {
        "true" => true,
        "false" => false,
        string other => throw Fault(facts[name].Line, $"{name} is true or false, not '{other}'."),
    };

    private string Required(Dictionary<string, (string Value, int Line)> facts, string name, int line) =>
        Text(facts, name, line) is { Length: > 0 } value ? value : throw Fault(facts[name].Line, $"{name} is empty.");

    private string Text(Dictionary<string, (string Value, int Line)> facts, string name, int line) =>
        facts.TryGetValue(name, out (string Value, int Line) fact) ? fact.Value : throw Fault(line, $"{name} is missing.");

    private List<string> List(string name) => _lists.TryGetValue(name, out List<string>? items) ? items : throw Fault(_line, $"{name} is missing.");

    private void Know(string[] names, string name, int number)
    {
        if (!names.Contains(name))
        {
            throw Fault(number, $"'{name}' is not known. Known here: {string.Join(", ", names)}.");
        }
    }

    private PageException Fault(int line, string message) => new(_file, line, message);

    private static string Unquote(string value)
    {
        string text = value.Trim();
        return text.Length >= 2 && text[0] == '\'' && text[^1] == '\'' ? text[1..^1].Replace("''", "'", StringComparison.Ordinal) : text;
    }

    [GeneratedRegex(@"^(?<indent>- |  |)(?<name>[A-Za-z]+):(?:\s+(?<value>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Fact();
}
