using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Converts the value of a media input that is given by the model's own name, so that a path in it is uploaded like that of -Image.</summary>
internal static class MediaMembers
{
    private static readonly string[] s_addressMembers = ["URL", "IMAGEURL", "VIDEOURL", "AUDIOURL"];

    /// <summary>Whether an input takes media.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="member">Its description; null if the model publishes none.</param>
    internal static bool IsMedium(string name, ModelParameter? member) => member is null
        ? CommonInputs.FromName(name) is CommonInput.Image or CommonInput.LastImage or CommonInput.Video or CommonInput.Audio
        : member is { MediaKind: not null, AllowedValues.Count: 0, ItemAllowedValues.Count: 0 };

    /// <summary>Returns the value with media in place of paths and addresses. Objects keep their form.</summary>
    internal static Conversion Convert(object? value, PathIntrinsics paths)
    {
        object? plain = PSObjects.UnwrapUnlessCustom(value);
        switch (plain)
        {
            case null:
            case string text when IsJson(text) || Cells.IsBlank(text):
                return Conversion.Success(plain);
            case IDictionary or PSObject or System.Text.Json.Nodes.JsonNode or System.Text.Json.JsonElement:
                return ConvertStructure(PlainValues.Unwrap(plain), paths);
            case IEnumerable items and not string:
                return ConvertItems(items, paths);
        }

        Conversion media = CellReader.ReadMedia(plain, paths);
        return media.Value is MediaSource[] { Length: 1 } single ? Conversion.Success(single[0]) : media;
    }

    private static Conversion ConvertStructure(object? plain, PathIntrinsics paths)
    {
        if (plain is not IDictionary members)
        {
            return plain is string or IEnumerable ? Convert(plain, paths) : Conversion.Success(plain);
        }

        OrderedDictionary result = [];
        foreach (DictionaryEntry member in members)
        {
            bool isAddress = s_addressMembers.Contains(InputText.NormalizeName(member.Key.ToString() ?? ""), StringComparer.Ordinal);
            Conversion converted = isAddress ? Convert(member.Value, paths) : Conversion.Success(member.Value);
            if (converted.Problem is not null)
            {
                return converted;
            }

            result[member.Key] = converted.Value;
        }

        return Conversion.Success(result);
    }

    private static Conversion ConvertItems(IEnumerable items, PathIntrinsics paths)
    {
        List<object?> result = [];
        foreach (object? item in items)
        {
            Conversion converted = Convert(item, paths);
            if (converted.Problem is not null)
            {
                return converted;
            }

            result.AddRange(converted.Value is MediaSource[] several ? several : [converted.Value]);
        }

        return Conversion.Success(result.ToArray());
    }

    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{', ..] or ['[', '"' or '{', ..];
}
