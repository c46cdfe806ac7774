using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Gives objects of this module back their type, which they lose in a file (Export-Clixml), a job or on the way from another
/// machine. Enough of their properties survives to go on with them.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.";

    /// <summary>The object behind the value; one that came from another process as what it was there.</summary>
    internal static object? Restore(object? value)
    {
        if (value is not PSObject item)
        {
            return value;
        }

        string type = item.TypeNames.FirstOrDefault() ?? "";
        return type.StartsWith(Prefix, StringComparison.Ordinal) ? Restore(item, type[Prefix.Length..]) ?? item.BaseObject : item.BaseObject;
    }

    private static object? Restore(PSObject item, string type) => type switch
    {
        "AtlasCloud.Prediction" => ToPrediction(item),
        "AtlasCloud.Output" => ToOutput(item),
        "AtlasCloud.Media" => ToMedia(item),
        "AtlasCloud.ChatReply" => ConversationTransformationAttribute.Convert(item),
        "System.IO.FileInfo" => Text(item, nameof(FileInfo.FullName)) is string path ? new FileInfo(path) : null,
        _ => null,
    };

    private static Prediction? ToPrediction(PSObject item) => Text(item, nameof(Prediction.Id)) is not string id ? null : new Prediction
    {
        Id = id,
        Model = Text(item, nameof(Prediction.Model)),
        Kind = Word<ModelKind>(item, nameof(Prediction.Kind)),
        Status = Text(item, nameof(Prediction.Status)) ?? "unknown",
        State = Word<PredictionState>(item, nameof(Prediction.State)),
        Error = Text(item, nameof(Prediction.Error)),
        Label = Text(item, nameof(Prediction.Label)),
        Outputs = [.. Items(item, nameof(Prediction.Outputs)).Select(OutputOf).OfType<Output>()],
    };

    // Below a certain depth only the text of an object is kept, which for an output is its address.
    private static Output? OutputOf(object? value) => Restore(value) switch
    {
        Output output => output,
        string address when Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) => new Output { Value = address, Uri = uri, Kind = MediaSource.Parse(address).Kind },
        string text => new Output { Value = text, Text = text, Kind = MediaKind.Text },
        _ => null,
    };

    private static Output? ToOutput(PSObject item) => Text(item, nameof(Output.Value)) is not string value ? null : new Output
    {
        Value = value,
        Uri = Address(item, nameof(Output.Uri)),
        Text = Text(item, nameof(Output.Text)),
        Kind = Word<MediaKind>(item, nameof(Output.Kind)),
        Role = Word<OutputRole>(item, nameof(Output.Role)),
        PredictionId = Text(item, nameof(Output.PredictionId)),
        ContentType = Text(item, nameof(Output.ContentType)),
    };

    private static Media? ToMedia(PSObject item) => Address(item, nameof(Media.Uri)) is not Uri uri ? null : new Media
    {
        Uri = uri,
        Name = Text(item, nameof(Media.Name)) ?? "",
        Path = Text(item, nameof(Media.Path)) ?? "",
        Kind = Word<MediaKind>(item, nameof(Media.Kind)),
        ContentType = Text(item, nameof(Media.ContentType)) ?? "",
        Sha256 = Text(item, nameof(Media.Sha256)) ?? "",
    };

    private static string? Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private static Uri? Address(PSObject item, string name) => Uri.TryCreate(Text(item, name), UriKind.Absolute, out Uri? uri) ? uri : null;

    private static T Word<T>(PSObject item, string name)
        where T : struct, Enum => Enum.TryParse(Text(item, name), out T word) ? word : default;

    private static IEnumerable<object?> Items(PSObject item, string name)
    {
        object? value = item.Properties[name]?.Value;
        return PSObjects.Unwrap(value) switch
        {
            null => [],
            IEnumerable items and not string => items.Cast<object?>(),
            _ => [value],
        };
    }
}
