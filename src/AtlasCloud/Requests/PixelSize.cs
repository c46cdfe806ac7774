using System.Globalization;
using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Writes a size as the model wants it: with a star, with an x, or as width and height.</summary>
internal static class PixelSize
{
    /// <summary>The members to send, each with its possible names; none for no size.</summary>
    internal static IEnumerable<(string[] Names, string Value)> Of(string? size, ModelSchema? schema)
    {
        if (string.IsNullOrEmpty(size))
        {
            return [];
        }

        string[] sides = [.. size.Split('*', 'x', 'X', '×').Select(s => s.Trim())];
        bool isPixels = sides.Length == 2 && sides.All(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0);
        ModelParameter? input = schema?.FindFirst(FriendlyNames.Size);
        if (isPixels && input is null && schema?.Find("width") is not null && schema.Find("height") is not null)
        {
            return [(["width"], sides[0]), (["height"], sides[1])];
        }

        // Which separator a model wants shows in its default and its choices.
        string example = Convert.ToString(input?.Default ?? input?.AllowedValues.FirstOrDefault(), CultureInfo.InvariantCulture) ?? "";
        string separator = example.Contains('x', StringComparison.OrdinalIgnoreCase) ? "x" : "*";
        return [(FriendlyNames.Size, isPixels ? $"{sides[0]}{separator}{sides[1]}" : size)];
    }
}
