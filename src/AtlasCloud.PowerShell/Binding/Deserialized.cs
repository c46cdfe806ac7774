using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Restores the type of objects of this module that were serialized: in a file (Export-Clixml), a job, or a remote session. Copies of predictions from JSON
/// and from Select-Object are recognized by their properties, so that they are not taken for new requests. The restored objects have the properties that other
/// commands need.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.";

    // No table of requests has all of these columns.
    private static readonly string[] s_predictionProperties = [nameof(Prediction.Id), nameof(Prediction.State), nameof(Prediction.IsFinished), nameof(Prediction.Outputs)];

    /// <summary>Returns the unwrapped value; a deserialized object, or a copy of a prediction, with its original type.</summary>
    internal static object? Restore(object? value)
    {
        if (value is not PSObject item)
        {
            return value;
        }

        return IsDeserialized(item) ? Restore(item, item.TypeNames[0][Prefix.Length..]) ?? item.BaseObject
            : IsPrediction(item) ? ToPrediction(ToProperties(item)) ?? item.BaseObject
            : item.BaseObject;
    }

    // Every row gets here, and its first missing property is enough.
    private static bool IsPrediction(PSObject item) => item.BaseObject switch
    {
        PSCustomObject => s_predictionProperties.All(name => item.Properties[name] is not null),
        IDictionary members => s_predictionProperties.All(members.Contains),
        _ => false,
    };

    /// <summary>Whether an object was serialized with its type, and not copied in another way.</summary>
    internal static bool IsDeserialized(PSObject item) => item.TypeNames.FirstOrDefault()?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Returns the files of a copy of a reused prediction.</summary>
    internal static IReadOnlyList<SavedFile> ReadFiles(PSObject item) =>
    [
        .. ReadObjects(item, nameof(Prediction.Files)).Where(f => ReadText(f, nameof(SavedFile.Path)) is not null).Select(f => new SavedFile
        {
            Path = ReadText(f, nameof(SavedFile.Path))!,
            Length = f.Properties[nameof(SavedFile.Length)]?.Value as long? ?? 0,
            Sha256 = ReadText(f, nameof(SavedFile.Sha256)),
        }),
    ];

    // JSON can be read as dictionaries too.
    private static PSObject ToProperties(PSObject item)
    {
        if (item.BaseObject is not IDictionary members)
        {
            return item;
        }

        PSObject copy = new();
        foreach (string name in members.Keys.OfType<string>().Where(n => n.Length > 0 && copy.Properties[n] is null))
        {
            copy.Properties.Add(new PSNoteProperty(name, members[name]));
        }

        return copy;
    }

    private static object? Restore(PSObject item, string type) => type switch
    {
        "AtlasCloud.Prediction" => ToPrediction(item),
        "AtlasCloud.Request" => ToRequest(item),
        "AtlasCloud.Output" => ToOutput(item),
        "AtlasCloud.Media" => ToMedia(item),
        "AtlasCloud.Asset" => ToAsset(item),
        "AtlasCloud.ChatReply" => ConversationTransformationAttribute.Convert(item),
        "System.IO.FileInfo" => ReadText(item, nameof(FileInfo.FullName)) is string path ? new FileInfo(path) : null,
        _ => null,
    };

    private static Prediction? ToPrediction(PSObject item) => ReadText(item, nameof(Prediction.Id)) is not string id ? null : new Prediction
    {
        Id = id,
        Model = ReadText(item, nameof(Prediction.Model)),
        Kind = ReadEnum<ModelKind>(item, nameof(Prediction.Kind)),
        Status = ReadText(item, nameof(Prediction.Status)) ?? "unknown",
        State = ReadEnum<PredictionState>(item, nameof(Prediction.State)),
        Error = ReadText(item, nameof(Prediction.Error)),
        Label = ReadText(item, nameof(Prediction.Label)),
        Request = ReadMembers(item, nameof(Prediction.Request)),
        Uploads = ReadUploads(item, nameof(Prediction.Uploads)),
        Outputs = [.. ReadItems(item, nameof(Prediction.Outputs)).Select(RestoreOutput).OfType<Output>()],
        IsReused = item.Properties[nameof(Prediction.IsReused)]?.Value is true,
        Files = ReadFiles(item),
    };

    // Serialization has a maximum depth. Below it an output is only text: its address.
    private static Output? RestoreOutput(object? value) => Restore(value) switch
    {
        Output output => output,
        PSCustomObject or IDictionary => ToOutput(ToProperties(PSObject.AsPSObject(value))),
        string address when Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) => new Output { Value = address, Uri = uri, Kind = MediaSource.Parse(address).Kind },
        string text => new Output { Value = text, Text = text, Kind = MediaKind.Text },
        _ => null,
    };

    private static Output? ToOutput(PSObject item) => ReadText(item, nameof(Output.Value)) is not string value ? null : new Output
    {
        Value = value,
        Uri = ReadUri(item, nameof(Output.Uri)),
        Text = ReadText(item, nameof(Output.Text)),
        Kind = ReadEnum<MediaKind>(item, nameof(Output.Kind)),
        Role = ReadEnum<OutputRole>(item, nameof(Output.Role)),
        PredictionId = ReadText(item, nameof(Output.PredictionId)),
        ContentType = ReadText(item, nameof(Output.ContentType)),
    };

    private static Media? ToMedia(PSObject item) => ReadUri(item, nameof(Media.Uri)) is not Uri uri ? null : new Media
    {
        Uri = uri,
        Name = ReadText(item, nameof(Media.Name)) ?? "",
        Path = ReadText(item, nameof(Media.Path)) ?? "",
        Kind = ReadEnum<MediaKind>(item, nameof(Media.Kind)),
        ContentType = ReadText(item, nameof(Media.ContentType)) ?? "",
        Sha256 = ReadText(item, nameof(Media.Sha256)) ?? "",
    };

    private static OrderedDictionary? ReadMembers(PSObject item, string name)
    {
        object? value = item.Properties[name]?.Value;
        if (value is PSObject { BaseObject: PSCustomObject })
        {
            return PlainValues.Unwrap(value) as OrderedDictionary;
        }

        if (PSObjects.Unwrap(value) is not IDictionary members)
        {
            return null;
        }

        OrderedDictionary copy = [];
        foreach (DictionaryEntry member in members)
        {
            copy[member.Key] = member.Value;
        }

        return copy;
    }

    private static Request? ToRequest(PSObject item) => ReadText(item, nameof(Request.Model)) is not string model ? null : new Request
    {
        Model = model,
        Kind = ReadEnum<ModelKind>(item, nameof(Request.Kind)),
        Prompt = ReadText(item, nameof(Request.Prompt)),
        Label = ReadText(item, nameof(Request.Label)),
        Inputs = ReadMembers(item, nameof(Request.Inputs)) ?? [],
        Uploads = ReadUploads(item, nameof(Request.Uploads)),
        Source = ReadText(item, nameof(Request.Source)),
        PredictionId = ReadText(item, nameof(Request.PredictionId)),
        WebhookUri = ReadUri(item, nameof(Request.WebhookUri)),
        HadWebhook = item.Properties[nameof(Request.HadWebhook)]?.Value is true,
    };

    // Below the maximum depth of serialization an upload is only text.
    private static RequestUpload[] ReadUploads(PSObject item, string name) =>
    [
        .. ReadObjects(item, name).Where(u => ReadText(u, nameof(RequestUpload.Address)) is not null).Select(u => new RequestUpload
        {
            Address = ReadText(u, nameof(RequestUpload.Address))!,
            Name = ReadText(u, nameof(RequestUpload.Name)),
            Sha256 = ReadText(u, nameof(RequestUpload.Sha256)),
            Length = u.Properties[nameof(RequestUpload.Length)]?.Value as long?,
            Path = ReadText(u, nameof(RequestUpload.Path)),
        }),
    ];

    private static Asset? ToAsset(PSObject item) => ReadText(item, nameof(Asset.Id)) is not string id ? null : new Asset
    {
        Id = id,
        AssetId = ReadText(item, nameof(Asset.AssetId)),
        Kind = ReadEnum<MediaKind>(item, nameof(Asset.Kind)),
        Name = ReadText(item, nameof(Asset.Name)),
        Status = ReadText(item, nameof(Asset.Status)) ?? "unknown",
        State = ReadEnum<AssetState>(item, nameof(Asset.State)),
    };

    private static string? ReadText(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private static Uri? ReadUri(PSObject item, string name) => Uri.TryCreate(ReadText(item, name), UriKind.Absolute, out Uri? uri) ? uri : null;

    private static T ReadEnum<T>(PSObject item, string name)
        where T : struct, Enum => Enum.TryParse(ReadText(item, name), out T parsed) ? parsed : default;

    private static IEnumerable<PSObject> ReadObjects(PSObject item, string name) => ReadItems(item, name).OfType<object>().Select(i => ToProperties(PSObject.AsPSObject(i)));

    private static IEnumerable<object?> ReadItems(PSObject item, string name)
    {
        object? value = item.Properties[name]?.Value;
        return PSObjects.Unwrap(value) switch
        {
            null => [],
            IEnumerable items and not (string or IDictionary) => items.Cast<object?>(),
            _ => [value],
        };
    }
}
