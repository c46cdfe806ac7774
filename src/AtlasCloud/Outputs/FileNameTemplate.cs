using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.Outputs;

/// <summary>A name with places for what is saved, as in <c>{date:yyyyMMdd}-{model}-{index}</c>.</summary>
internal sealed partial class FileNameTemplate
{
    internal const string Default = "{model}-{id}-{index}";

    private static readonly string[] s_places = ["id", "model", "index", "date", "label", "kind", "role", "seed", "prompt"];

    private readonly string _template;

    /// <exception cref="AtlasCloudException">It names a place that does not exist, or a date format that is none.</exception>
    internal FileNameTemplate(string template)
    {
        _template = template;
        foreach (Match place in Place().Matches(template))
        {
            if (!s_places.Contains(place.Groups[1].Value.ToLowerInvariant()))
            {
                throw Invalid($"{{{place.Groups[1].Value}}} is no place in a name");
            }

            // A first try now, so that a format which is none is told before anything is downloaded.
            switch (place.Groups[1].Value.ToLowerInvariant())
            {
                case "date":
                    Date(DateTimeOffset.UnixEpoch, place.Groups[2].Value);
                    break;
                case "index":
                    Index(1, place.Groups[2].Value);
                    break;
            }
        }

        if (template.Count(c => c == '{') != Place().Count(template))
        {
            throw Invalid($"'{template}' has a brace that does not close");
        }
    }

    /// <summary>The name for an output, safe and without an extension.</summary>
    internal string NameOf(Prediction prediction, Output output, DateTimeOffset now) => FileNames.MakeSafe(Place().Replace(_template, place =>
    {
        string format = place.Groups[2].Value;
        return place.Groups[1].Value.ToLowerInvariant() switch
        {
            "id" => int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length < prediction.Id.Length ? prediction.Id[..length] : prediction.Id,
            "model" => prediction.Model ?? "atlas",
            "index" => Index(output.Index, format),
            "date" => Date(prediction.CreatedAt ?? now, format),
            "label" => prediction.Label ?? "",
            "kind" => output.Kind.ToString(),
            "role" => output.Role.ToString(),
            "seed" => Convert.ToString(prediction.Request?["seed"], CultureInfo.InvariantCulture) ?? "",
            _ => Short(Convert.ToString(prediction.Request?["prompt"] ?? prediction.Request?["text"], CultureInfo.InvariantCulture) ?? ""),
        };
    }));

    private static string Short(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[59]) ? 59 : 60)];

    private static string Index(int index, string format)
    {
        try
        {
            return index.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw Invalid($"'{format}' is no number format");
        }
    }

    private static string Date(DateTimeOffset time, string format)
    {
        try
        {
            return time.ToLocalTime().ToString(format.Length == 0 ? "yyyyMMdd-HHmmss" : format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw Invalid($"'{format}' is no date format");
        }
    }

    private static AtlasCloudException Invalid(string what) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what}. Nothing was saved.")
        {
            RecommendedAction = $"The places are {string.Join(", ", s_places.Select(p => $"{{{p}}}"))}; a date takes a format, as in {{date:yyyyMMdd}}.",
        };

    [GeneratedRegex(@"\{([A-Za-z]+)(?::([^{}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
