using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>The JSON schema of a .NET type or a PowerShell class.</summary>
internal static class TypeSchema
{
    private const int MaxDepth = 6;

    /// <param name="type">The type. Below six levels of nesting, any object is accepted.</param>
    internal static OrderedDictionary Create(Type type) => Create(type, 0);

    private static OrderedDictionary Create(Type type, int depth)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            return new OrderedDictionary { ["type"] = "string", ["enum"] = Enum.GetNames(plain) };
        }

        string? simple = SimpleTypeName(plain);
        if (simple is not null)
        {
            OrderedDictionary schema = new() { ["type"] = simple };
            if (plain == typeof(DateTime) || plain == typeof(DateTimeOffset))
            {
                schema["format"] = "date-time";
            }

            return schema;
        }

        if (ElementType(plain) is Type element)
        {
            return new OrderedDictionary { ["type"] = "array", ["items"] = Create(element, depth + 1) };
        }

        bool isOpen = depth >= MaxDepth || typeof(IDictionary).IsAssignableFrom(plain)
            || plain == typeof(object) || plain == typeof(PSObject) || plain == typeof(PSCustomObject);
        return isOpen ? new OrderedDictionary { ["type"] = "object" } : CreateObject(plain, depth);
    }

    private static OrderedDictionary CreateObject(Type type, int depth)
    {
        OrderedDictionary properties = [];
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0))
        {
            properties[property.Name] = Create(property.PropertyType, depth + 1);
        }

        return new OrderedDictionary
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = properties.Keys.Cast<string>().ToArray(),
            ["additionalProperties"] = false,
        };
    }

    private static string? SimpleTypeName(Type type) =>
        type == typeof(SwitchParameter) ? "boolean" : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "boolean",
            TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => "integer",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "number",
            TypeCode.String or TypeCode.Char or TypeCode.DateTime => "string",
            _ when type == typeof(Uri) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(Version)
                || typeof(FileSystemInfo).IsAssignableFrom(type) => "string",
            _ => null,
        };

    private static Type? ElementType(Type type) =>
        type.IsArray ? type.GetElementType()
        : typeof(IDictionary).IsAssignableFrom(type) ? null
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
