using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.Help;

/// <summary>
/// Reads the YAML block of a parameter. Supports only the YAML that these blocks need, and is strict: a misspelled name is an error
/// and is not ignored.
/// </summary>
internal sealed partial class ParameterBlock
{
    private static readonly string[] s_names =
        ["Type", "DefaultValue", "SupportsWildcards", "Aliases", "ParameterSets", "DontShow", "AcceptedValues", "HelpMessage"];

    private static readonly string[] s_namesOfSet =
        ["Name", "Position", "IsRequired", "ValueFromPipeline", "ValueFromPipelineByPropertyName", "ValueFromRemainingArguments"];

    private readonly string _file;
    private readonly int _line;
    private readonly Dictionary<string, (string Value, int Line)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly List<(Dictionary<string, (string Value, int Line)> Facts, int Line)> _sets = [];

    private ParameterBlock(string file, int line) => (_file, _line) = (file, line);

    /// <summary>Reads a block whose content starts at <paramref name="line"/>.</summary>
    /// <exception cref="PageException">It is malformed.</exception>
    internal static ParameterEntry Read(string file, int line, string text, string name, IReadOnlyList<string> description, int headingLine)
    {
        ParameterBlock block = new(file, line);
        block.ReadLines(text);
        return new ParameterEntry
        {
            Name = name,
            Description = description,
            Type = block.Required(block._values, "Type", line),
            DefaultValue = block.Text(block._values, "DefaultValue", line),
            SupportsWildcards = block.Flag(block._values, "SupportsWildcards", line),
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
        Match match = ValueLine().Match(line);
        if (line.StartsWith("- ", StringComparison.Ordinal) && list != "ParameterSets")
        {
            (_lists.TryGetValue(list, out List<string>? items) ? items : throw Error(number, "A list item must follow the name of a list.")).Add(Unquote(line[2..]));
        }
        else if (!match.Success)
        {
            throw Error(number, $"'{line.Trim()}' is not valid. Expected: 'Name: value'.");
        }
        else if (match.Groups["indent"].Value.Length == 0)
        {
            list = ReadValue(match, number);
        }
        else if (list != "ParameterSets")
        {
            throw Error(number, "Only the values of a parameter set may be indented.");
        }
        else
        {
            ReadSetValue(match, number);
        }

        return list;
    }

    private string ReadValue(Match match, int number)
    {
        (string name, string value) = (match.Groups["name"].Value, match.Groups["value"].Value);
        RequireKnown(s_names, name, number);
        if (!_values.TryAdd(name, (Unquote(value), number)))
        {
            throw Error(number, $"{name} is given twice.");
        }

        if (name is "Aliases" or "AcceptedValues")
        {
            _lists[name] = value is "[]" or "" ? [] : throw Error(number, $"{name} must be a list: [] or one '- value' per line.");
        }

        return name;
    }

    private void ReadSetValue(Match match, int number)
    {
        (string name, string value) = (match.Groups["name"].Value, match.Groups["value"].Value);
        if (match.Groups["indent"].Value == "- ")
        {
            _sets.Add((new(StringComparer.Ordinal), number));
        }

        RequireKnown(s_namesOfSet, name, number);
        if (_sets.Count == 0 || !_sets[^1].Facts.TryAdd(name, (Unquote(value), number)))
        {
            throw Error(number, $"{name} must be given once for each parameter set.");
        }
    }

    private ParameterSetEntry[] Sets() => _sets.Count == 0
        ? throw Error(_line, "ParameterSets is empty.")
        : [.. _sets.Select(set => new ParameterSetEntry(
            Required(set.Facts, "Name", set.Line),
            Position(set.Facts, set.Line),
            Flag(set.Facts, "IsRequired", set.Line),
            Flag(set.Facts, "ValueFromPipeline", set.Line),
            Flag(set.Facts, "ValueFromPipelineByPropertyName", set.Line)))];

    private int? Position(Dictionary<string, (string Value, int Line)> values, int line)
    {
        string text = Required(values, "Position", line);
        return text == "Named" ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) ? position
            : throw Error(values["Position"].Line, $"Position must be a number or Named, not '{text}'.");
    }

    private bool Flag(Dictionary<string, (string Value, int Line)> values, string name, int line) => Required(values, name, line) switch
    {
        "true" => true,
        "false" => false,
        string other => throw Error(values[name].Line, $"{name} must be true or false, not '{other}'."),
    };

    private string Required(Dictionary<string, (string Value, int Line)> values, string name, int line) =>
        Text(values, name, line) is { Length: > 0 } value ? value : throw Error(values[name].Line, $"{name} is empty.");

    private string Text(Dictionary<string, (string Value, int Line)> values, string name, int line) =>
        values.TryGetValue(name, out (string Value, int Line) value) ? value.Value : throw Error(line, $"{name} is missing.");

    private List<string> List(string name) => _lists.TryGetValue(name, out List<string>? items) ? items : throw Error(_line, $"{name} is missing.");

    private void RequireKnown(string[] names, string name, int number)
    {
        if (!names.Contains(name))
        {
            throw Error(number, $"'{name}' is not a valid name. Expected: {string.Join(", ", names)}.");
        }
    }

    private PageException Error(int line, string message) => new(_file, line, message);

    private static string Unquote(string value)
    {
        string text = value.Trim();
        return text.Length >= 2 && text[0] == '\'' && text[^1] == '\'' ? text[1..^1].Replace("''", "'", StringComparison.Ordinal) : text;
    }

    [GeneratedRegex(@"^(?<indent>- |  |)(?<name>[A-Za-z]+):(?:\s+(?<value>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ValueLine();
}
