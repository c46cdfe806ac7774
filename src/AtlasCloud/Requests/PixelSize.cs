using System.Globalization;

namespace AtlasCloud.Requests;

/// <summary>Writes a size in the form that the model expects: 1024*768, 1024x768, or width and height.</summary>
internal static class PixelSize
{
    /// <summary>The inputs to send, each with its possible names; none for no size.</summary>
    internal static IEnumerable<(string[] Names, string Value)> ToInputs(string? size, ModelSchema? schema)
    {
        if (string.IsNullOrEmpty(size))
        {
            return [];
        }

        string[] sides = [.. size.Split('*', 'x', 'X', '×').Select(s => s.Trim())];
        bool isPixels = sides.Length == 2 && sides.All(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0);
        ModelParameter? input = schema?.FindFirst(CommonInputs.GetNames(CommonInput.Size));
        if (isPixels && input is null && schema?.Find("width") is not null && schema.Find("height") is not null)
        {
            return [(["width"], sides[0]), (["height"], sides[1])];
        }

        // The default and the allowed values show which separator the model expects.
        string example = Convert.ToString(input?.Default ?? input?.AllowedValues.FirstOrDefault(), CultureInfo.InvariantCulture) ?? "";
        string separator = example.Contains('x', StringComparison.OrdinalIgnoreCase) ? "x" : "*";
        return [(CommonInputs.GetNames(CommonInput.Size), isPixels ? $"{sides[0]}{separator}{sides[1]}" : size)];
    }
}
