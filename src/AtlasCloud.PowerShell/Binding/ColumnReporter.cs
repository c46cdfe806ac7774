using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Warns once per column that it is not used, however many rows have it.</summary>
internal sealed class ColumnReporter(Action<string> warn)
{
    private const int MaxShownLength = 60;

    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The script blocks on the command line. The columns that they read are used.</summary>
    internal Lazy<ArgumentScripts>? Scripts { get; init; }

    /// <summary>Whether each model of several gets its own warning.</summary>
    internal bool IsPerModel { get; init; }

    /// <summary>The column matches nothing.</summary>
    internal void ReportUnknown(string column, string model) => Report(column, model, $"matches no parameter and no input of {model}; it is ignored.");

    /// <summary>The column has the name of a parameter that a row cannot set.</summary>
    internal void ReportCommandWide(string column, string parameter) =>
        Report(column, $"is ignored: -{parameter} applies to the whole command and is not read from rows.");

    /// <summary>The model has no input for the parameter of the column.</summary>
    internal void ReportUnsupported(string column, string parameter, string model) => Report(column, model, $"is ignored: {model} has no input for -{parameter}.");

    /// <summary>An argument overrides the column.</summary>
    internal void ReportOverridden(string column, string by) => Report(column, $"is ignored: {by} on the command line overrides it.");

    /// <summary>An argument is overridden by another one.</summary>
    internal void ReportArgument(string parameter, string by) => ReportOnce("-" + parameter, $"-{parameter} is ignored: the same input in {by} overrides it.");

    /// <summary>One of several models lacks an input that has a parameter.</summary>
    internal void ReportMissing(string parameter, string model) => ReportOnce($"-{parameter} {model}", $"-{parameter} is ignored for {model}, which has no such input.");

    /// <summary>One of several models lacks an input that is given by its name.</summary>
    internal void ReportMissingMember(string name, string model) =>
        ReportOnce($"{name} {model}", $"'{TerminalText.ToSingleLine(name, MaxShownLength)}' is ignored for {model}, which has no such input.");

    /// <summary>Warns once per command.</summary>
    internal void ReportOnce(string key, string warning)
    {
        if (_reported.Add(key))
        {
            warn(warning);
        }
    }

    private void Report(string column, string model, string fact) => ReportColumn(column, IsPerModel ? $"{column} {model}" : column, fact);

    private void Report(string column, string fact) => ReportColumn(column, column, fact);

    private void ReportColumn(string column, string key, string fact)
    {
        if (Scripts?.Value.Read(column) != true)
        {
            ReportOnce(key, $"Column '{TerminalText.ToSingleLine(column, MaxShownLength)}' {fact}");
        }
    }
}
