using System.Text;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.TestShell;

/// <summary>Parses the part of PowerShell's command line that the tests use: options that are ignored, then -File, -Command or -EncodedCommand.</summary>
internal sealed record CommandLine(bool IsFile, string Text, IReadOnlyList<string> Arguments)
{
    private static readonly string[] s_switches = ["-NoLogo", "-NoProfile", "-NonInteractive"];
    private static readonly string[] s_options = ["-OutputFormat", "-InputFormat", "-ExecutionPolicy"];

    /// <exception cref="ArgumentException">There is nothing to run, or an option is unknown.</exception>
    internal static CommandLine Parse(string[] arguments)
    {
        int at = 0;
        while (at < arguments.Length && (Is(arguments[at], s_switches) || Is(arguments[at], s_options)))
        {
            at += Is(arguments[at], s_switches) ? 1 : 2;
        }

        string[] rest = arguments[at..];
        return rest switch
        {
            [string flag, string file, ..] when Is(flag, "-File") => new CommandLine(true, Path.GetFullPath(file), rest[2..]),
            [string flag, _, ..] when Is(flag, "-Command") => new CommandLine(false, string.Join(' ', rest[1..]), []),
            [string flag, string code] when Is(flag, "-EncodedCommand") => new CommandLine(false, Encoding.Unicode.GetString(Convert.FromBase64String(code)), []),
            _ => throw new ArgumentException($"Expected -File, -Command or -EncodedCommand, not: {string.Join(' ', rest)}"),
        };
    }

    /// <summary>Adds the script, with its named and positional arguments, or the command.</summary>
    internal void AddTo(Engine shell)
    {
        if (!IsFile)
        {
            shell.AddScript(Text);
            return;
        }

        shell.AddCommand(Text);
        for (int i = 0; i < Arguments.Count; i++)
        {
            if (!IsName(Arguments[i]))
            {
                shell.AddArgument(Arguments[i]);
            }
            else if (i + 1 < Arguments.Count && !IsName(Arguments[i + 1]))
            {
                shell.AddParameter(Arguments[i][1..], Arguments[++i]);
            }
            else
            {
                shell.AddParameter(Arguments[i][1..]);
            }
        }
    }

    private static bool Is(string flag, params string[] names) => names.Contains(flag, StringComparer.OrdinalIgnoreCase);

    private static bool IsName(string argument) => argument.Length > 1 && argument[0] == '-' && char.IsAsciiLetter(argument[1]);
}
