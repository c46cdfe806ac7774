using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Finds the request in an object that describes one that was submitted before, to submit it again.</summary>
internal static class EarlierRequest
{
    private const string RequestName = "request";
    private const string LabelName = "label";
    private const string HadWebhookName = "had_webhook";

    // The members of metadata that describe the request. Others can be of any type.
    private static readonly string[] s_metadata = [RequestName, "model", "kind", "uploads", HadWebhookName, "id", "created_at"];

    // The properties of the objects that contain a request, and the members of metadata.
    private static readonly HashSet<string> s_ownNames = new(
        new[] { typeof(Prediction), typeof(JournalEntry), typeof(Request) }.SelectMany(t => t.GetProperties()).Select(p => p.Name)
            .Concat(s_metadata).Concat(["file", "length", "sha256", "output", "completed_at"]),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the request of a prediction without outputs, of a journal entry, or of the metadata of a saved file; null for any other object.</summary>
    /// <param name="value">The object, with its original type.</param>
    /// <param name="input">The same object as it was piped.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the object does not contain its request, or one that is not valid.</exception>
    internal static Request? Find(object value, PSObject input) => value switch
    {
        Request request => request,
        Prediction { State: PredictionState.Failed, Outputs.Count: 0 } failed => failed.ToRequest() ?? throw CmdletErrors.RequestUnknown(failed.Id),
        JournalEntry entry => FromJournal(entry),
        FileInfo { Extension: string extension } file when extension.Equals(".json", StringComparison.OrdinalIgnoreCase) => FromFile(file),
        PSCustomObject or IDictionary or JsonNode => FromMetadata(input),
        _ => null,
    };

    /// <summary>Returns the request of a journal entry.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the entry does not contain its request.</exception>
    internal static Request FromJournal(JournalEntry entry) => entry.ToRequest() ?? throw CmdletErrors.RequestNotRecorded(entry);

    /// <summary>Returns the request in metadata, or in a copy of a prediction or a request; null if the object contains none.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the request in it is not valid.</exception>
    internal static Request? FromMetadata(PSObject input)
    {
        // Checked first, since every row of a table gets here.
        IReadOnlyList<RowProperty>? properties = RowReader.Read(input);
        object? hadWebhook = Get(properties, nameof(Request.HadWebhook));
        object? body = hadWebhook is null ? Get(properties, RequestName) : Get(properties, nameof(Request.Inputs));
        if (body is null or string or ValueType)
        {
            return null;
        }

        OrderedDictionary metadata = [];
        foreach (string name in s_metadata)
        {
            metadata[name] = PlainValues.Unwrap(Get(properties, name));
        }

        metadata[RequestName] = PlainValues.Unwrap(body);
        metadata[HadWebhookName] ??= hadWebhook;
        metadata[LabelName] = Get(properties, LabelName)?.ToString();
        return Request.FromMetadata(metadata);
    }

    /// <summary>
    /// Returns the properties that a user added to an object of this module or to a copy of one. Those that the object has of itself are not meant as inputs,
    /// such as the price of a prediction.
    /// </summary>
    /// <param name="input">The object.</param>
    /// <param name="request">The earlier request that it describes; null if it describes none.</param>
    internal static IEnumerable<RowProperty> ReadAdded(PSObject input, Request? request)
    {
        // Of the properties of a copy, only the prompt is an input that its request repeats.
        bool IsChange(RowProperty property) => !s_ownNames.Contains(property.Name)
            || (property.Name.Equals(nameof(Request.Prompt), StringComparison.OrdinalIgnoreCase) && property.Value?.ToString() != request?.Prompt);

        // A deserialized object distinguishes its own properties from added ones, other copies do not.
        bool isCopy = input.BaseObject is PSCustomObject or IDictionary or JsonNode && !Deserialized.IsDeserialized(input);
        return isCopy ? (RowReader.Read(input) ?? []).Where(IsChange) : RowReader.ReadNotes(input);
    }

    /// <summary>Returns the inputs, the label and the model of a request as properties.</summary>
    internal static IReadOnlyList<RowProperty> ToRow(Request request) =>
    [
        .. request.Inputs.Keys.Cast<string>().Select(n => new RowProperty(n, request.Inputs[n])),
        .. request.Label is string label ? new[] { new RowProperty("Label", label) } : [],
        new RowProperty("model", request.Model),
    ];

    private static Request? FromFile(FileInfo file)
    {
        try
        {
            return Request.Load(file.FullName);
        }
        catch (AtlasCloudException exception) when (exception.Reason != AtlasCloudErrorReason.MetadataInvalid)
        {
            // It is treated as media, whose errors describe the file.
            return null;
        }
    }

    private static object? Get(IReadOnlyList<RowProperty>? properties, string name) =>
        properties?.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
