using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>One row of the catalog, with the properties that the emulator derives from it.</summary>
internal sealed class CatalogModel
{
    internal CatalogModel(JsonObject item)
    {
        Item = item;
        Id = (string)item["model"]!;
        Type = (string)item["type"]!;
        Kind = Classify();
    }

    internal JsonObject Item { get; }

    /// <summary>The merge patches of a scenario for the input schema, in order.</summary>
    internal IReadOnlyList<JsonObject> SchemaChanges { get; init; } = [];

    /// <summary>The ID. An entry of a scenario can replace the original one.</summary>
    internal string Id { get; init; }

    internal string Type { get; }

    internal ModelKind Kind { get; }

    /// <summary>The original ID as it appears in the paths of static documents.</summary>
    internal string DashedId => ((string)Item["model"]!).Replace('/', '-');

    internal IReadOnlyList<string> Protocols =>
        Item["supported_protocols"] is JsonArray protocols ? [.. protocols.Select(p => (string)p!)] : ["openai.chat.completions"];

    internal IReadOnlyList<string> Categories =>
        Item["categories"] is JsonArray categories ? [.. categories.Select(c => (string)c!)] : [];

    /// <summary>A member of the actual or the original price; null if the price has no such member.</summary>
    internal decimal? Price(string side, string member) =>
        (string?)Item["price"]?[side]?[member] is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    internal string? Unit => (string?)Item["price"]?["actual"]?["unit"];

    internal string Discount => (string?)Item["price"]?["discount"] ?? "100";

    private ModelKind Classify() => Type switch
    {
        "Text" => ModelKind.Chat,
        "Image" => HasTag("3D") || Id.Contains("-to-3d", StringComparison.OrdinalIgnoreCase) ? ModelKind.Model3D : ModelKind.Image,
        "Audio" when Id.Contains("lyrics", StringComparison.OrdinalIgnoreCase) => ModelKind.Lyrics,
        "Audio" when Categories.Contains("SPEECH-TO-TEXT") => ModelKind.Transcript,

        // Music is checked before speech: one family of music models is listed under TEXT-TO-SPEECH.
        "Audio" when HasTag("MUSIC") => ModelKind.Music,
        "Audio" => ModelKind.Speech,
        _ => ModelKind.Video,
    };

    private bool HasTag(string tag) =>
        Item["tags"] is JsonArray tags && tags.Any(t => ((string)t!).Contains(tag, StringComparison.OrdinalIgnoreCase));
}
