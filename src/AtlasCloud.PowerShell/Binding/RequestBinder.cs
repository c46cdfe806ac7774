using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Binds columns, dynamic parameters and -Parameters to the inputs of one model. Of several sources of the same input, -Parameters wins over arguments,
/// and arguments win over columns; what loses is named in a warning.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="row">Binds columns to parameters.</param>
/// <param name="own">The inputs of the model; null if it publishes none.</param>
/// <param name="model">The model.</param>
/// <param name="typed">The dynamic parameters that were specified.</param>
internal sealed class RequestBinder(RequestCmdlet command, RowBinder row, ModelInputs? own, string model, IReadOnlyList<RuntimeDefinedParameter> typed)
{
    private readonly OrderedDictionary _members = [];
    private readonly Dictionary<string, string> _columns = new(StringComparer.Ordinal);

    /// <summary>The inputs by the model's own names.</summary>
    internal OrderedDictionary Members => _members;

    /// <summary>Whether the column is an input of the model or a parameter that a row can set.</summary>
    internal bool Matches(RowProperty column) => FindMember(column.Name) is not null || row.Parameters.Find(column.Name) is { TakesColumn: true };

    /// <summary>Whether a column would be bound to an input that takes media.</summary>
    internal bool IsMedium(string column) => FindMember(column) is ModelParameter member
        ? MediaMembers.IsMedium(member.Name, member) || (own!.Schema.FindCommonInput(member) is CommonInput common && row.Parameters.Get(common).IsMedium)
        : row.Parameters.Find(column) is { IsMedium: true };

    /// <summary>Binds one column.</summary>
    internal void Bind(RowProperty column)
    {
        RowParameter? parameter = row.Parameters.Find(column.Name);
        CommonInput? common = GetCommonInput(parameter);
        ModelParameter? member = FindMember(column.Name);

        // A parameter such as -Label wins over an input of this name, unless the column has exactly the name of the input.
        if (member is not null && parameter is { TakesColumn: true } && common is null && member.Name != column.Name)
        {
            member = null;
        }

        if (member is not null && own!.Schema.FindCommonInput(member) is CommonInput covered)
        {
            BindCommon(column, member, row.Parameters.Get(covered));
        }
        else if (member is not null)
        {
            BindMember(column, member, typed.FirstOrDefault(p => own!.FindByParameter(p.Name)?.Member == member)?.Name);
        }
        else if (parameter is null)
        {
            row.Reporter.ReportUnknown(column.Name, model);
        }
        else if (common is CommonInput input && own is not null && !own.Schema.Accepts(input) && !command.SkipValidation && !row.IsTyped(parameter.Name))
        {
            row.Reporter.ReportUnsupported(column.Name, parameter.Name, model);
        }
        else
        {
            row.Bind(column, parameter);
        }
    }

    /// <summary>Adds the dynamic parameters that were specified. Media for a common input are returned instead, since they add up with others.</summary>
    internal IEnumerable<(CommonInput Input, MediaSource[] Media)> BindTyped()
    {
        foreach (RuntimeDefinedParameter parameter in typed)
        {
            if (parameter.Value is null)
            {
                continue;
            }

            if (own?.FindByParameter(parameter.Name) is not ModelInput input)
            {
                row.Reporter.ReportMissing(parameter.Name, model);
                continue;
            }

            if (input.Common is CommonInput common && parameter.Value is MediaSource[] media)
            {
                yield return (common, media);
            }
            else
            {
                SetMember(input.Member.Name, "-" + parameter.Name, input.IsMedium ? parameter.Value : PlainValues.Unwrap(parameter.Value));
                if (input.Common is CommonInput same && command.IsFromCommandLine(same.ToString()))
                {
                    row.Reporter.ReportArgument(same.ToString(), "-" + parameter.Name);
                }
            }
        }
    }

    /// <summary>Adds the entries of -Parameters.</summary>
    /// <param name="parameters">The entries; null for none.</param>
    internal void BindParameters(IDictionary? parameters)
    {
        bool isTyped = row.IsTyped(nameof(command.Parameters));
        OrderedDictionary entries = PlainValues.Unwrap(parameters ?? new Hashtable());
        ReportRepeated(entries, isTyped);
        foreach (DictionaryEntry entry in entries)
        {
            string name = entry.Key.ToString()!;
            ModelParameter? member = own?.Schema.Find(name);
            string key = member?.Name ?? name;
            if (entry.Value is null)
            {
                row.Reporter.ReportOnce($"Parameters.{key}", $"'{Conversion.Show(name)}' in -Parameters has no value; it is ignored.");
                continue;
            }

            // Without a schema, an input with the name of a medium can also be a switch, such as audio.
            bool isMedium = MediaMembers.IsMedium(key, member) && (member is not null || entry.Value is not ValueType);
            Conversion value = isMedium ? MediaMembers.Convert(entry.Value, row.Paths) : Conversion.Success(entry.Value);
            if (value.Problem is string problem)
            {
                row.AddError(name, problem);
                continue;
            }

            ReportReplaced(key, member, isTyped);
            _members[key] = value.Value;
        }
    }

    private void ReportRepeated(OrderedDictionary entries, bool isTyped)
    {
        // Names of the schema contain no NUL, so they differ from names that it lacks.
        if (RepeatedKeys.Find(entries, name => own?.Schema.Find(name)?.Name ?? "\0" + InputText.NormalizeName(name)) is not (string first, string second, string meaning))
        {
            return;
        }

        string input = $"'{Conversion.Show(meaning.StartsWith('\0') ? first : meaning)}'";
        if (isTyped)
        {
            throw CmdletErrors.ParametersInvalid($"contains '{Conversion.Show(first)}' and '{Conversion.Show(second)}', which have different values for {input}");
        }

        row.AddConflict(first, second, input);
    }

    private ModelParameter? FindMember(string column) => own?.Schema.FindByWords(column) ?? own?.Find(column)?.Member;

    private static CommonInput? GetCommonInput(RowParameter? parameter) =>
        parameter is not null && Enum.TryParse(parameter.Name, out CommonInput common) ? common : null;

    private void BindCommon(RowProperty column, ModelParameter member, RowParameter parameter)
    {
        // A duration can be text, such as auto; only the schema knows.
        if (parameter.IsNumber && member.Type is not ("integer" or "number"))
        {
            BindMember(column, member, row.IsTyped(parameter.Name) ? parameter.Name : null);
        }
        else
        {
            row.Bind(column, parameter);
        }
    }

    private void BindMember(RowProperty column, ModelParameter member, string? overriddenBy)
    {
        if (overriddenBy is not null)
        {
            row.Reporter.ReportOverridden(column.Name, "-" + overriddenBy);
            return;
        }

        Conversion value = MediaMembers.IsMedium(member.Name, member)
            ? MediaMembers.Convert(column.Value, row.Paths)
            : Conversion.Success(PlainValues.Unwrap(column.Value));
        if (value.Problem is string problem)
        {
            row.AddError(column.Name, problem);
        }
        else if (_columns.TryGetValue(member.Name, out string? other) && !Equals(_members[member.Name], value.Value))
        {
            row.AddConflict(other, column.Name, $"'{Conversion.Show(member.Name)}'");
        }
        else
        {
            SetMember(member.Name, column.Name, value.Value);
        }
    }

    private void SetMember(string member, string source, object? value)
    {
        _members[member] = value;
        _columns[member] = source;
    }

    // What -Parameters replaces is an argument, a column, or both.
    private void ReportReplaced(string key, ModelParameter? member, bool isTyped)
    {
        if (_columns.TryGetValue(key, out string? source))
        {
            Report(source);
        }

        CommonInput? common = member is not null ? own!.Schema.FindCommonInput(member) : CommonInputs.FromName(key) is CommonInput known && IsDefaultName(known, key) ? known : null;
        if (common is CommonInput input && row.IsTyped(input.ToString()))
        {
            row.Reporter.ReportArgument(input.ToString(), nameof(command.Parameters));
        }
        else if (common is CommonInput other && row.FindColumn(other.ToString()) is string column)
        {
            Report(column);
        }

        void Report(string source)
        {
            if (source.StartsWith('-'))
            {
                row.Reporter.ReportArgument(source[1..], "-Parameters");
            }
            else
            {
                row.Reporter.ReportOnce(source, $"Column '{Conversion.Show(source)}' is ignored: {(isTyped ? "-Parameters" : "the column Parameters")} has the same input.");
            }
        }
    }

    // Without a schema a common input is sent by its commonest name, so another name is another input.
    private static bool IsDefaultName(CommonInput common, string name) =>
        InputText.NormalizeName(name) == (common == CommonInput.Count ? "NUMIMAGES" : InputText.NormalizeName(common.ToString()));
}
