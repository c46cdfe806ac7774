using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>What a reply has to be: a JSON schema, and the type that its value is converted to.</summary>
internal sealed class ReplyShape
{
    private readonly Type? _type;

    private ReplyShape(JsonObject schema, Type? type = null) => (Schema, _type) = (schema, type);

    internal JsonObject Schema { get; }

    /// <summary>From -JsonSchema: a hashtable, JSON text, or the path of a file.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is none of these, or not a schema.</exception>
    internal static ReplyShape FromSchema(object value, PathIntrinsics paths) => PSObjects.Unwrap(value) switch
    {
        IDictionary members => new ReplyShape(ReplySchema.FromDictionary(PlainValues.Unwrap(members))),
        FileInfo file => ParseFile(file.FullName),
        string text when text.TrimStart().StartsWith('{') => Parse(text),
        string path => ParseFile(FilePattern.ResolveLiteral(paths, "JsonSchema", path)),
        object other => throw CmdletErrors.NotSchema(other),
    };

    /// <summary>From -As: a type, or the short form 'title:string, score:int, tags:string[]'.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is neither.</exception>
    internal static ReplyShape FromType(object value) => PSObjects.Unwrap(value) switch
    {
        Type type => new ReplyShape(ReplySchema.FromDictionary(TypeSchema.Create(type)), type),
        string text when text.Contains(':', StringComparison.Ordinal) => Parse(text),
        string name when LanguagePrimitives.TryConvertTo(name, out Type type) => FromType(type),
        object other => throw CmdletErrors.NotType(other),
    };

    /// <summary>The reply with its value as an object, converted to the type if one was given.</summary>
    internal ChatReply Apply(ChatReply reply)
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

    private static ReplyShape Parse(string text) =>
        new(text.TrimStart().StartsWith('{') ? ReplySchema.Parse(text) : ReplySchema.FromDictionary(ShortSchema.Parse(text.Trim())));

    private static ReplyShape ParseFile(string path) => Parse(TextFile.Read(path));
}
