using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasCloud.Outputs;

/// <summary>A file name with placeholders, for example <c>{date:yyyyMMdd}-{model}-{index}</c>.</summary>
internal sealed partial class FileNameTemplate
{
    private static readonly string[] s_placeholders = ["id", "model", "index", "date", "label", "kind", "role", "seed", "prompt", "row", "source"];

    // In seconds: the duration of a submit, and the difference of the clocks that is left.
    private const int MaxTimeDifference = 60;

    private readonly string _template;

    // Whether there is text besides the placeholders and what separates them.
    private readonly bool _hasText;

    /// <exception cref="AtlasCloudException">InvalidParameter: an unknown placeholder, an invalid format, or an unclosed brace.</exception>
    internal FileNameTemplate(string template)
    {
        _template = template;
        foreach (Match placeholder in Placeholder().Matches(template))
        {
            if (!s_placeholders.Contains(placeholder.Groups[1].Value.ToLowerInvariant()))
            {
                throw Invalid($"{{{placeholder.Groups[1].Value}}} is not a placeholder");
            }

            // Formats once now, so that an invalid format is reported before anything is downloaded.
            switch (placeholder.Groups[1].Value.ToLowerInvariant())
            {
                case "date":
                    FormatDate(DateTimeOffset.UnixEpoch, placeholder.Groups[2].Value);
                    break;
                case "index" or "row":
                    FormatIndex(1, placeholder.Groups[2].Value);
                    break;
            }
        }

        if (template.Count(c => c == '{') != Placeholder().Count(template))
        {
            throw Invalid($"'{template}' has an unclosed brace");
        }

        _hasText = Placeholder().Replace(template, "").Any(c => !char.IsPunctuation(c) && !char.IsSeparator(c) && !char.IsControl(c));
    }

    /// <summary>Returns the name for an output: valid on every operating system, without extension. It is the ID if all placeholders are empty.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="output">The output.</param>
    /// <param name="now">The time, for a prediction of an unknown time.</param>
    /// <param name="position">The position of the prediction among those that are saved, for a prediction of an unknown row.</param>
    internal string Format(Prediction prediction, Output output, DateTimeOffset now, int position)
    {
        bool hasText = _hasText;
        string name = Placeholder().Replace(_template, placeholder =>
        {
            string value = GetValue(placeholder, prediction, output, now, position);
            hasText |= !string.IsNullOrWhiteSpace(value);
            return value;
        });
        return FileNameSanitizer.MakeSafe(hasText ? name : prediction.Id, FileNameSanitizer.MakeSafe(prediction.Id));
    }

    /// <summary>
    /// Returns the names that an earlier run can have given an output with the same template. It may have read the time from the service, which a run that
    /// reuses the result only knows from its own clock.
    /// </summary>
    internal IEnumerable<string> FormatEarlier(Prediction prediction, Output output, DateTimeOffset now, int position)
    {
        yield return Format(prediction, output, now, position);
        if (prediction.CreatedAt is not DateTimeOffset created || !Placeholder().Matches(_template).Any(p => p.Groups[1].Value.Equals("date", StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }

        for (int seconds = 1; seconds <= MaxTimeDifference; seconds++)
        {
            yield return Format(prediction with { CreatedAt = created.AddSeconds(seconds) }, output, now, position);
            yield return Format(prediction with { CreatedAt = created.AddSeconds(-seconds) }, output, now, position);
        }
    }

    private static string GetValue(Match placeholder, Prediction prediction, Output output, DateTimeOffset now, int position)
    {
        string format = placeholder.Groups[2].Value;
        return placeholder.Groups[1].Value.ToLowerInvariant() switch
        {
            "id" => int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length < prediction.Id.Length ? prediction.Id[..length] : prediction.Id,
            "model" => prediction.Model ?? "atlas",
            "index" => FormatIndex(output.Index, format),
            "row" => FormatIndex(prediction.Row ?? position, format),
            "source" => prediction.Source ?? prediction.Label ?? prediction.Id,
            "date" => FormatDate(prediction.CreatedAt ?? now, format),
            "label" => prediction.Label ?? "",
            "kind" => output.Kind.ToString(),
            "role" => output.Role.ToString(),
            "seed" => Convert.ToString(prediction.Request?["seed"], CultureInfo.InvariantCulture) ?? "",
            _ => Truncate(Convert.ToString(prediction.Request?["prompt"] ?? prediction.Request?["text"], CultureInfo.InvariantCulture) ?? ""),
        };
    }

    private static string Truncate(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[59]) ? 59 : 60)];

    private static string FormatIndex(int index, string format)
    {
        try
        {
            return index.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw Invalid($"'{format}' is not a number format");
        }
    }

    private static string FormatDate(DateTimeOffset time, string format)
    {
        try
        {
            return time.ToLocalTime().ToString(format.Length == 0 ? "yyyyMMdd-HHmmss" : format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw Invalid($"'{format}' is not a date format");
        }
    }

    private static AtlasCloudException Invalid(string problem) => OutputErrors.InvalidTemplate(problem, s_placeholders);

    [GeneratedRegex(@"\{([A-Za-z]+)(?::([^{}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
