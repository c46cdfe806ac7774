using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>
/// Reads the values of a model's own inputs from dynamic parameters and from the columns of a row. A row can name its model itself; its
/// columns are matched here, since binding has ended by then.
/// </summary>
internal sealed class ModelInputReader(RequestCmdlet command, ModelInputSource source, PathIntrinsics paths)
{
    /// <summary>Returns the values by the model's own names; empty if there are none.</summary>
    internal OrderedDictionary Read(string model, Func<Func<CancellationToken, Task<ModelSchema?>>, ModelSchema?> run)
    {
        OrderedDictionary values = [];
        PSPropertyInfo[] columns = [.. GetColumns()];
        RuntimeDefinedParameter[] typed = [.. source.Declared.Where(p => command.IsFromCommandLine(p.Name) && p.Value is not null)];
        if ((columns.Length == 0 && typed.Length == 0) || source.GetInputs(command.RequestClient, model, run) is not ModelInputs own)
        {
            return values;
        }

        foreach (PSPropertyInfo column in columns)
        {
            if (own.Find(column.Name) is not ModelInput input)
            {
                if (!DynamicParameterNames.Reserved.Contains(column.Name))
                {
                    command.ReportColumn(column.Name, model);
                }
            }
            else
            {
                values[input.Member.Name] = ConvertValue(input, column.Value);
            }
        }

        foreach (RuntimeDefinedParameter parameter in typed)
        {
            if (own.All.FirstOrDefault(i => i.Name == parameter.Name) is ModelInput input)
            {
                values[input.Member.Name] = ConvertValue(input, parameter.Value);
            }
        }

        return values;
    }

    /// <summary>True if a column that was bound to a parameter is an input of the model's own, such as a switch called audio.</summary>
    internal static bool Contains(OrderedDictionary values, params string[] columns) => columns.Any(values.Contains);

    // Only rows of tables have columns. The properties of other objects describe the object, not a request.
    private IEnumerable<PSPropertyInfo> GetColumns() =>
        command.InputObject is { BaseObject: PSCustomObject } row && Deserialized.Restore(row) is PSCustomObject
            ? row.Properties.Where(p => p.MemberType == PSMemberTypes.NoteProperty && !IsEmpty(p.Value))
            : [];

    private object? ConvertValue(ModelInput input, object? value) =>
        input.IsMedium ? MediaSourceTransformationAttribute.Convert(paths, value).ToArray() : PlainValues.Unwrap(value);

    private static bool IsEmpty(object? value) => value is null or "" || (value is string text && string.IsNullOrWhiteSpace(text));
}
