using System.Reflection;

namespace AtlasCloud.Help.Tests;

/// <summary>Reads the parameters of the commands from assembly metadata, without PowerShell and without running their code.</summary>
internal static class ModuleMetadata
{
    private static readonly string[] s_risky = ["Confirm", "WhatIf"];

    internal static IReadOnlyDictionary<string, IReadOnlyList<ParameterEntry>> Read()
    {
        using MetadataLoadContext context = new(new PathAssemblyResolver(Assemblies()));
        Assembly module = context.LoadFromAssemblyPath(Path.Join(AppContext.BaseDirectory, "AtlasCloud.PowerShell.dll"));
        Dictionary<string, IReadOnlyList<ParameterEntry>> commands = new(StringComparer.Ordinal);
        foreach (Type type in module.GetTypes().Where(t => t.IsPublic && !t.IsAbstract))
        {
            if (Attributes(type, "CmdletAttribute").SingleOrDefault() is CustomAttributeData cmdlet)
            {
                bool isRisky = Value(cmdlet, "SupportsShouldProcess") is true;
                commands[$"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}"] =
                    [.. type.GetProperties().Where(p => Attributes(p, "ParameterAttribute").Any()).Select(Parameter), .. isRisky ? s_risky.Select(Risky) : []];
            }
        }

        return commands;
    }

    private static ParameterEntry Parameter(PropertyInfo property) => new()
    {
        Name = property.Name,
        Description = [],
        Type = TypeName(property.PropertyType),
        DefaultValue = "",
        SupportsWildcards = Attributes(property, "SupportsWildcardsAttribute").Any(),
        Aliases = [.. Attributes(property, "AliasAttribute").SelectMany(Words)],
        AcceptedValues = [.. Attributes(property, "ValidateSetAttribute").SelectMany(Words)],
        Sets = [.. Attributes(property, "ParameterAttribute").Select(Set)],
        Line = 0,
    };

    private static ParameterEntry Risky(string name) => new()
    {
        Name = name,
        Description = [],
        Type = "System.Management.Automation.SwitchParameter",
        DefaultValue = "",
        SupportsWildcards = false,
        Aliases = [name == "Confirm" ? "cf" : "wi"],
        AcceptedValues = [],
        Sets = [new ParameterSetEntry(ParameterEntry.AllSets, null, IsRequired: false, FromPipeline: false, FromPipelineByPropertyName: false)],
        Line = 0,
    };

    private static ParameterSetEntry Set(CustomAttributeData attribute) => new(
        Value(attribute, "ParameterSetName") as string ?? ParameterEntry.AllSets,
        Value(attribute, "Position") as int?,
        Value(attribute, "Mandatory") is true,
        Value(attribute, "ValueFromPipeline") is true,
        Value(attribute, "ValueFromPipelineByPropertyName") is true);

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.Name == name);

    private static object? Value(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).SingleOrDefault();

    private static IEnumerable<string> Words(CustomAttributeData attribute) => attribute.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> words
        ? words.Select(w => (string)w.Value!)
        : [];

    private static string TypeName(Type type) =>
        type.IsGenericType && type.Name.StartsWith("Nullable", StringComparison.Ordinal) ? type.GetGenericArguments()[0].FullName! : type.FullName!;

    private static IEnumerable<string> Assemblies()
    {
        Dictionary<string, string> byName = new(StringComparer.OrdinalIgnoreCase);
        string[] folders = [Path.GetDirectoryName(typeof(object).Assembly.Location)!, AppContext.BaseDirectory, Path.Join(AppContext.BaseDirectory, "reference")];
        foreach (string path in folders.SelectMany(f => Directory.GetFiles(f, "*.dll")))
        {
            byName[Path.GetFileName(path)] = path;
        }

        return byName.Values;
    }
}
