using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>The parameters of a command by the names that a column can have: the name, its aliases, and the names that models use.</summary>
internal sealed class RowParameters
{
    private static readonly ConcurrentDictionary<Type, RowParameters> s_byCommand = [];

    private readonly Dictionary<string, RowParameter> _byName = new(StringComparer.Ordinal);
    private readonly bool _hasCommonInputs;

    private RowParameters(Type command)
    {
        _hasCommonInputs = typeof(Commands.RequestCmdlet).IsAssignableFrom(command);
        foreach (PropertyInfo property in command.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute))))
        {
            RowParameter parameter = new(
                property.Name,
                Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                property.GetCustomAttributes<ParameterAttribute>().Any(a => a.ValueFromPipelineByPropertyName),
                property.GetCustomAttribute<NumberTransformationAttribute>());
            All.Add(parameter);
            foreach (string name in (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(property.Name))
            {
                _byName.TryAdd(InputText.NormalizeName(name), parameter);
            }
        }

        // Short aliases such as -db are likelier to be columns of another meaning.
        foreach (string name in DynamicParameterNames.GetParameterNames().Where(n => n.Length > 5))
        {
            _byName.TryAdd(InputText.NormalizeName(name), new RowParameter(name, null, TakesColumn: false));
        }
    }

    internal List<RowParameter> All { get; } = [];

    internal static RowParameters Get(Type command) => s_byCommand.GetOrAdd(command, c => new RowParameters(c));

    /// <summary>Returns the parameter of a column, with any separators between its words; null if there is none.</summary>
    internal RowParameter? Find(string column)
    {
        string name = InputText.NormalizeName(column);
        return _byName.GetValueOrDefault(name)
            ?? (_hasCommonInputs && CommonInputs.FromName(column) is CommonInput common ? Get(common) : null);
    }

    /// <summary>Returns the parameter of a common input, which has its name.</summary>
    internal RowParameter Get(CommonInput common) => All.First(p => p.Name == common.ToString());
}
