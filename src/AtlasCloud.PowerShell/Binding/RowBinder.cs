using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Binds the properties of one input object to parameters. Each property ends as a value, as a part of the error about the object, or in a warning. The
/// engine's own binding is not used, since it drops values that it cannot convert and knows nothing of dictionaries.
/// </summary>
/// <param name="parameters">The parameters of the command.</param>
/// <param name="reporter">Warns about columns that are not used.</param>
/// <param name="paths">Resolves paths.</param>
/// <param name="isTyped">Whether a parameter was specified as an argument.</param>
internal sealed class RowBinder(RowParameters parameters, ColumnReporter reporter, PathIntrinsics paths, Func<string, bool> isTyped)
{
    private readonly Dictionary<string, (string Column, object Value)> _values = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];

    internal RowParameters Parameters => parameters;

    internal ColumnReporter Reporter => reporter;

    internal PathIntrinsics Paths => paths;

    /// <summary>Returns the value of a parameter that a column set; null if none did.</summary>
    internal object? this[string parameter] => _values.TryGetValue(parameter, out (string Column, object Value) bound) ? bound.Value : null;

    /// <summary>Returns the argument if the parameter was specified on the command line, otherwise the value of its column.</summary>
    internal T? Get<T>(string parameter, T? argument) => isTyped(parameter) ? argument : this[parameter] is T value ? value : default;

    internal bool IsTyped(string parameter) => isTyped(parameter);

    /// <summary>Returns the column that set a parameter; null if none did.</summary>
    internal string? FindColumn(string parameter) => _values.TryGetValue(parameter, out (string Column, object Value) bound) ? bound.Column : null;

    /// <summary>Binds a column by its name alone.</summary>
    internal void Bind(RowProperty column, string model)
    {
        if (parameters.Find(column.Name) is RowParameter parameter)
        {
            Bind(column, parameter);
        }
        else
        {
            reporter.ReportUnknown(column.Name, model);
        }
    }

    /// <summary>Binds a column to a parameter.</summary>
    internal void Bind(RowProperty column, RowParameter parameter)
    {
        if (!parameter.TakesColumn)
        {
            reporter.ReportCommandWide(column.Name, parameter.Name);
        }
        else if (isTyped(parameter.Name))
        {
            reporter.ReportOverridden(column.Name, "-" + parameter.Name);
        }
        else
        {
            Conversion read = CellReader.Read(parameter, column.Value, paths);
            if (read.Problem is string problem)
            {
                AddError(column.Name, problem);
            }
            else if (read.Value is object value)
            {
                Add(column.Name, parameter, value);
            }
        }
    }

    /// <summary>Adds a sentence to the error about the object.</summary>
    internal void AddError(string column, string problem) => _errors.Add($"'{Conversion.Show(column)}' {problem}.");

    /// <summary>Adds the error that two columns set the same.</summary>
    internal void AddConflict(string first, string second, string input) =>
        _errors.Add($"'{Conversion.Show(first)}' and '{Conversion.Show(second)}' have different values for {input}.");

    /// <exception cref="AtlasCloudException">InvalidParameter: properties cannot be used.</exception>
    internal void ThrowIfInvalid()
    {
        if (_errors.Count > 0)
        {
            throw CmdletErrors.RowInvalid(_errors);
        }
    }

    private void Add(string column, RowParameter parameter, object value)
    {
        if (!_values.TryGetValue(parameter.Name, out (string Column, object Value) other))
        {
            _values[parameter.Name] = (column, value);
        }
        else if (other.Value is MediaSource[] media)
        {
            // Several columns of media add up.
            _values[parameter.Name] = (other.Column, media.Concat((MediaSource[])value).ToArray());
        }
        else if (!AreEqual(other.Value, value))
        {
            AddConflict(other.Column, column, "-" + parameter.Name);
        }
    }

    private static bool AreEqual(object first, object second) => first is string[] texts && second is string[] others
        ? texts.SequenceEqual(others, StringComparer.Ordinal)
        : first is not IDictionary && Equals(first, second);
}
