using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>Every command with its parameters, sets and aliases as text, read from metadata, so that none of the code runs.</summary>
internal static class ModuleSurface
{
    internal static string Read()
    {
        using MetadataLoadContext context = new(new PathAssemblyResolver(Assemblies()));
        Assembly module = context.LoadFromAssemblyPath(Path.Join(AppContext.BaseDirectory, "AtlasCloud.PowerShell.dll"));
        StringBuilder text = new();
        foreach ((string name, Type type, CustomAttributeData cmdlet) in Commands(module).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            text.Append(name).Append(Switch(cmdlet, "SupportsShouldProcess")).Append(Named(cmdlet, "DefaultParameterSetName")).Append(Outputs(type)).Append('\n');
            foreach (string line in type.GetProperties().SelectMany(Parameter).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Assemblies()
    {
        Dictionary<string, string> byName = new(StringComparer.OrdinalIgnoreCase);
        string[] folders = [.. new[] { typeof(object), typeof(Cmdlet) }.Select(t => Path.GetDirectoryName(t.Assembly.Location)!), AppContext.BaseDirectory];
        foreach (string path in folders.SelectMany(f => Directory.GetFiles(f, "*.dll")))
        {
            byName[Path.GetFileName(path)] = path;
        }

        return byName.Values;
    }

    private static IEnumerable<(string Name, Type Type, CustomAttributeData Cmdlet)> Commands(Assembly module) =>
        from type in module.GetTypes()
        where type.IsPublic
        from attribute in type.GetCustomAttributesData()
        where attribute.AttributeType.Name == "CmdletAttribute"
        select ($"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}", type, attribute);

    private static IEnumerable<string> Parameter(PropertyInfo property)
    {
        CustomAttributeData[] attributes = [.. property.GetCustomAttributesData()];
        foreach (CustomAttributeData parameter in attributes.Where(a => a.AttributeType.Name == "ParameterAttribute"))
        {
            yield return string.Concat(
                $"-{property.Name} <{TypeName(property.PropertyType)}>",
                Named(parameter, "ParameterSetName"),
                Switch(parameter, "Mandatory"),
                Named(parameter, "Position"),
                Switch(parameter, "ValueFromPipeline"),
                Switch(parameter, "ValueFromPipelineByPropertyName"),
                string.Concat(attributes.Where(a => a.AttributeType.Name == "AliasAttribute").Select(a => $" Alias={Values(a.ConstructorArguments[0])}")),
                string.Concat(attributes.Where(a => a.AttributeType.Name is "ValidateRangeAttribute" or "ValidateSetAttribute")
                    .Select(a => $" {a.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal)}={string.Join(",", a.ConstructorArguments.Select(Values))}")),
                attributes.Any(a => a.AttributeType.Name == "SupportsWildcardsAttribute") ? " SupportsWildcards" : "");
        }
    }

    private static string Outputs(Type type) => string.Concat(
        type.GetCustomAttributesData().Where(a => a.AttributeType.Name == "OutputTypeAttribute").Select(a => $" -> {Values(a.ConstructorArguments[0])}"));

    private static string Switch(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Any(a => a.MemberName == name && a.TypedValue.Value is true) ? $" {name}" : "";

    private static string Named(CustomAttributeData attribute, string name) =>
        string.Concat(attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => $" {name}={Values(a.TypedValue)}"));

    private static string Values(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        IEnumerable<CustomAttributeTypedArgument> many => string.Join(",", many.Select(Values)),
        Type type => TypeName(type),
        object value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        null => "",
    };

    private static string TypeName(Type type) =>
        type.IsGenericType && type.Name.StartsWith("Nullable", StringComparison.Ordinal) ? type.GetGenericArguments()[0].Name + "?" : type.Name;
}
