using System.Text.RegularExpressions;

namespace AtlasCloud.Models;

/// <summary>Detects which inputs of a model take media. Schemas mark them in different ways, and some only by the name.</summary>
internal static partial class MediaInputs
{
    /// <summary>Returns Image, Video, Audio or Any; null for an input that takes no media.</summary>
    internal static string? GetKind(string name, string type, string? itemType, string? component, string? format)
    {
        bool canHoldAddress = type == "string" || (type == "array" && itemType is null or "string" or "object");
        if (!canHoldAddress)
        {
            return null;
        }

        Match match = MediaInputName().Match(name);
        string? kind = match.Groups["kind"].Value.ToLowerInvariant() switch
        {
            "image" => "Image",
            "video" => "Video",
            "audio" => "Audio",
            _ => null,
        };
        bool isUploader = component?.StartsWith("uploader", StringComparison.OrdinalIgnoreCase) == true;
        return kind ?? (isUploader || format is "uri" or "url" || name is "refers" or "references" ? "Any" : null);
    }

    [GeneratedRegex("(^|_)(?<kind>image|video|audio)s?(_urls?|_clips?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MediaInputName();
}
