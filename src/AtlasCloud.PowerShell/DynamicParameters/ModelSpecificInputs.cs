using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>
/// Values for the inputs that only this model has: typed as its own parameters, or in the columns of a row. A row may name its model
/// itself, which is too late for parameters; its columns are matched here all the same.
/// </summary>
internal sealed class ModelSpecificInputs(RequestCmdlet command, ModelInputSource source, PathIntrinsics paths)
{
    /// <summary>The values by the model's own names; empty where none were given.</summary>
    internal OrderedDictionary Read(string model, Func<Func<CancellationToken, Task<ModelSchema?>>, ModelSchema?> run)
    {
        OrderedDictionary values = [];
        PSPropertyInfo[] columns = [.. Columns()];
        RuntimeDefinedParameter[] typed = [.. source.Declared.Where(p => command.IsTyped(p.Name) && p.Value is not null)];
        if ((columns.Length == 0 && typed.Length == 0) || source.Of(command.RequestClient, model, run) is not ModelInputs own)
        {
            return values;
        }

        foreach (PSPropertyInfo column in columns)
        {
            if (own.Find(column.Name) is not ModelInput input)
            {
                if (!KnownModels.TakenNames.Contains(column.Name))
                {
                    command.ReportColumn(column.Name, model);
                }
            }
            else
            {
                values[input.Member.Name] = Value(input, column.Value);
            }
        }

        foreach (RuntimeDefinedParameter parameter in typed)
        {
            if (own.All.FirstOrDefault(i => i.Name == parameter.Name) is ModelInput input)
            {
                values[input.Member.Name] = Value(input, parameter.Value);
            }
        }

        return values;
    }

    /// <summary>Whether a column that the engine took for a parameter was an input of the model's own: a switch called audio, say.</summary>
    internal static bool Takes(OrderedDictionary values, params string[] columns) => columns.Any(values.Contains);

    // A row of a table has columns. What other objects are made of describes them, and is not meant as a wish.
    private IEnumerable<PSPropertyInfo> Columns() =>
        command.InputObject is { BaseObject: PSCustomObject } row && Deserialized.Restore(row) is PSCustomObject
            ? row.Properties.Where(p => p.MemberType == PSMemberTypes.NoteProperty && !IsEmpty(p.Value))
            : [];

    private object? Value(ModelInput input, object? value) =>
        input.IsMedium ? MediaSourceTransformationAttribute.Convert(paths, value).ToArray() : PlainValues.Unwrap(value);

    private static bool IsEmpty(object? value) => value is null or "" || (value is string text && string.IsNullOrWhiteSpace(text));
}
