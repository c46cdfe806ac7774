using System.Text.Json;
using System.Text.RegularExpressions;

namespace AtlasCloud.Repository.Tests;

/// <summary>Finds what a command line names and the repository does not have: files, tasks and parameters of scripts, tools.</summary>
internal static partial class CommandCheck
{
    // What a build writes is there only after a build.
    private const string Output = "output/";

    /// <summary>Returns a sentence for each thing that is missing.</summary>
    public static IEnumerable<string> Missing(string command)
    {
        string[] words = [.. Word().Matches(command).Select(m => m.Value.Trim('"', '\''))];
        for (int i = 0; i < words.Length; i++)
        {
            string path = words[i].StartsWith("./", StringComparison.Ordinal) ? words[i][2..] : words[i];
            if (!IsPath(path))
            {
                continue;
            }

            if (!RepositoryFolder.Contains(path))
            {
                yield return $"There is no file or folder '{path}'.";
            }
            else if (path is "build.sh" or "build.cmd")
            {
                // Both pass their arguments on.
                foreach (string missing in MissingOf("build.ps1", words[(i + 1)..]))
                {
                    yield return missing;
                }
            }
            else if (path.EndsWith(".ps1", StringComparison.Ordinal))
            {
                foreach (string missing in MissingOf(path, words[(i + 1)..]))
                {
                    yield return missing;
                }
            }
        }

        if (ToolRun().Match(command) is { Success: true } run && !Tools().Contains(run.Groups[1].Value))
        {
            yield return $".config/dotnet-tools.json has no command '{run.Groups[1].Value}'.";
        }
    }

    private static bool IsPath(string word) =>
        !word.StartsWith(Output, StringComparison.Ordinal)
        && !word.StartsWith('-')
        && !word.Contains("://", StringComparison.Ordinal)
        && !word.Contains('$', StringComparison.Ordinal)
        && (word.Contains('/', StringComparison.Ordinal) || FileName().IsMatch(word));

    private static IEnumerable<string> MissingOf(string script, string[] arguments)
    {
        string text = RepositoryFolder.Read(script);
        string parameters = ParameterBlock().Match(text).Groups[1].Value;
        foreach (string argument in arguments.Where(a => ParameterName().IsMatch(a)))
        {
            if (!Regex.IsMatch(parameters, $@"\]\s*\${Regex.Escape(argument[1..])}\b", RegexOptions.IgnoreCase))
            {
                yield return $"{script} has no parameter {argument}.";
            }
        }

        if (Tasks().Match(parameters) is { Success: true } set && arguments.FirstOrDefault() is string task && !task.StartsWith('-')
            && !set.Groups[1].Value.Contains($"'{task}'", StringComparison.Ordinal))
        {
            yield return $"{script} has no task '{task}'.";
        }
    }

    private static HashSet<string> Tools()
    {
        using JsonDocument manifest = JsonDocument.Parse(RepositoryFolder.Read(".config/dotnet-tools.json"));
        return
        [
            .. manifest.RootElement.GetProperty("tools").EnumerateObject()
                .SelectMany(t => t.Value.GetProperty("commands").EnumerateArray())
                .Select(c => c.GetString()!),
        ];
    }

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[\w.-]+\.(ps1|psm1|psd1|sh|cmd|sln|csproj|props|targets|json|md)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^-[A-Za-z]\w*$")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"^param\((.*?)^\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ParameterBlock();

    [GeneratedRegex(@"\[ValidateSet\(([^)]*)\)\]\s*\[string\] \$Task\b")]
    private static partial Regex Tasks();

    [GeneratedRegex(@"dotnet tool run (\S+)")]
    private static partial Regex ToolRun();
}
