using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>A pipeline object and its role in a request.</summary>
/// <param name="Kind">The role.</param>
/// <param name="Value">The object, unwrapped and with its original type.</param>
/// <param name="Text">The text of the object; null if it is none.</param>
/// <param name="Columns">The properties that are inputs, without empty ones.</param>
internal sealed record PipelineInput(InputKind Kind, object? Value, string? Text, IReadOnlyList<RowProperty> Columns)
{
    /// <summary>The request that the object describes and that is submitted again; null for any other object.</summary>
    internal Request? Earlier { get; private init; }

    /// <summary>The properties that a user added to the object of the earlier request, without empty ones.</summary>
    internal IReadOnlyList<RowProperty> Changes { get; private init; } = [];

    /// <summary>Whether the object is a row of a table, whose columns are all meant as inputs. Other objects have properties of their own.</summary>
    internal bool IsTable => Value is PSCustomObject or IDictionary or DataRow or DataRowView or XmlElement or JsonElement or JsonNode;

    /// <exception cref="AtlasCloudException">InvalidParameter: the object cannot be used.</exception>
    internal static PipelineInput Read(PSObject? input)
    {
        object? value = Deserialized.Restore(input);
        if (input is null || value is null)
        {
            return new(InputKind.None, null, null, []);
        }

        if (EarlierRequest.Find(value, input) is Request request)
        {
            return new(InputKind.Row, value, null, [.. EarlierRequest.ToRow(request).Where(c => !c.IsBlank)])
            {
                Earlier = request,
                Changes = [.. EarlierRequest.ReadAdded(input, request).Where(c => !c.IsBlank)],
            };
        }

        (InputKind kind, string? text) = Classify(value);
        IEnumerable<RowProperty> columns = kind == InputKind.Row
            ? RowReader.Read(input) ?? throw CmdletErrors.InputUnusable(value)
            : EarlierRequest.ReadAdded(input, null);
        return new(kind, value, text, [.. columns.Where(c => !c.IsBlank)]);
    }

    /// <summary>Returns the text of an object that is nothing but text, such as a line of a file; null for any other object.</summary>
    internal static string? ReadPlainText(PSObject? input) => Deserialized.Restore(input) switch
    {
        string text => text,
        Output { Text: string text } => text,
        object value when IsNumber(value) => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsNumber(object value) => value is
        char or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger;

    private static (InputKind Kind, string? Text) Classify(object value) => value switch
    {
        string text => (InputKind.Text, text),
        Output { Text: string text } => (InputKind.Text, text),
        ChatReply reply => (InputKind.Text, reply.Text),
        Prediction or Output or Media or Asset or MediaSource or FileInfo or Uri => (InputKind.Media, null),
        Model => (InputKind.Model, null),
        _ when IsNumber(value) => (InputKind.Number, Convert.ToString(value, CultureInfo.InvariantCulture)),
        JsonElement or IDictionary => (InputKind.Row, null),
        ValueType or FileSystemInfo or ScriptBlock => throw CmdletErrors.InputUnusable(value),
        _ when value.GetType().Assembly == typeof(Prediction).Assembly || value is Session => throw CmdletErrors.InputUnusable(value),
        _ => (InputKind.Row, null),
    };
}
