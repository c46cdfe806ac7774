using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AtlasCloud.TestShell;

/// <summary>Writes to standard output, errors to standard error, and reads answers from standard input.</summary>
internal sealed class StreamInterface : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new FixedWindow();

    public override string ReadLine() => Console.In.ReadLine()!;

    public override SecureString ReadLineAsSecureString()
    {
        SecureString text = new();
        foreach (char character in ReadLine())
        {
            text.AppendChar(character);
        }

        return text;
    }

    public override void Write(string value) => Console.Out.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(value);

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription description in descriptions)
        {
            Write($"{description.Name}: ");
            bool isSecret = description.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[description.Name] = isSecret ? new PSObject(ReadLineAsSecureString()) : new PSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteLine(caption);
        WriteLine(message);
        while (true)
        {
            Write($"{string.Join("  ", choices.Select(c => $"[{Key(c)}] {c.Label.Replace("&", "", StringComparison.Ordinal)}"))}: ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            for (int i = 0; i < choices.Count; i++)
            {
                if (Key(choices[i]).Equals(answer, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("This host asks for no credentials.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException("This host asks for no credentials.");

    private static string Key(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 ? choice.Label.Substring(mark + 1, 1).ToUpper(CultureInfo.InvariantCulture) : choice.Label;
    }
}
