using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.JsonSchema;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.Storage;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>The form that a reply has to have: a JSON schema, and the type that the value becomes.</summary>
internal sealed class ReplyShape
{
    private readonly Type? _type;

    private ReplyShape(JsonObject schema, Type? type = null) => (Schema, _type) = (schema, type);

    internal JsonObject Schema { get; }

    /// <summary>From -JsonSchema: a hashtable, JSON text, or the path of a file.</summary>
    internal static ReplyShape FromSchema(object value, PathIntrinsics paths) => Plain(value) switch
    {
        IDictionary members => new ReplyShape(SchemaText.From(PlainValues.Unwrap(members))),
        FileInfo file => new ReplyShape(SchemaText.Parse(Read(file.FullName))),
        string text when text.TrimStart().StartsWith('{') => new ReplyShape(SchemaText.Parse(text)),
        string path => new ReplyShape(SchemaText.Parse(Read(paths.GetUnresolvedProviderPathFromPSPath(path)))),
        object other => throw Invalid($"A {other.GetType().Name} is no JSON schema.", "Give a hashtable, JSON text, or the path of a file."),
    };

    /// <summary>From -As: a type, or the short form 'title:string, score:int, tags:string[]'.</summary>
    internal static ReplyShape FromType(object value) => Plain(value) switch
    {
        Type type => new ReplyShape(SchemaText.From(JsonSchemaOfType.Of(type)), type),
        string text when text.Contains(':', StringComparison.Ordinal) => new ReplyShape(ShortSchema.Parse(text)),
        string name when LanguagePrimitives.TryConvertTo(name, out Type type) => FromType(type),
        object other => throw Invalid($"'{other}' names no type.", "Give a type such as [MyClass], or a short form such as 'title:string, score:int, tags:string[]'."),
    };

    /// <summary>The reply with its value as an object, of the type where one was given.</summary>
    internal ChatReply Shape(ChatReply reply)
    {
        if (reply.Object is null)
        {
            return reply;
        }

        object? value = PlainObjects.From(reply.Object);
        if (_type is not null && LanguagePrimitives.TryConvertTo(reply.Object is IDictionary members ? new Hashtable(members) : reply.Object, _type, CultureInfo.InvariantCulture, out object typed))
        {
            value = typed;
        }

        return reply with { Object = value };
    }

    private static object Plain(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Read(string path)
    {
        LocalFile.EnsureReadable(path);
        return File.ReadAllText(path);
    }

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
