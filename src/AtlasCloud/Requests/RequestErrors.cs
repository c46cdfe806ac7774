using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Tells the user what keeps a request from being sent.</summary>
internal static class RequestErrors
{
    private const int LongestName = 60;

    /// <summary>One error for everything that is wrong.</summary>
    internal static AtlasCloudException Of(string model, ModelSchema? schema, IReadOnlyList<string> faults) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The request does not fit {SafeText.Sanitize(model)}: {string.Join(" ", faults)} Nothing was submitted.")
        {
            RecommendedAction = schema is null
                ? "Look at the model's page for its inputs."
                : $"This model takes: {string.Join(", ", schema.Parameters.Select(p => SafeText.Sanitize(p.Name, length: LongestName) + (p.IsRequired ? " (required)" : "")))}. "
                    + $"Get-AtlasModelParameter -Model {SafeText.Sanitize(model)} shows what each of them allows.",
        };

    /// <summary>The sentence about an input that the model does not have.</summary>
    internal static string Unknown(string name, ModelSchema schema)
    {
        string guess = NearestName.Hint(Twin(name, schema) ?? NearestName.Of(name, schema.Parameters.Select(p => SafeText.Sanitize(p.Name, length: LongestName))));
        return $"It has no input '{SafeText.Sanitize(name, length: LongestName)}'{(guess.Length > 0 ? guess : ".")}";
    }

    /// <summary>The sentence about an input that is not there.</summary>
    internal static string Missing(ModelParameter parameter, ModelSchema schema)
    {
        string friendly = FriendlyNames.FriendlyFor(parameter.Name) is string known ? $" (-{known})" : "";
        bool isLimited = parameter.AllowedValues.Count > 0 || parameter.Minimum is not null || parameter.Maximum is not null || parameter.MinimumCount is not null || parameter.MaximumCount is not null;
        string expected = isLimited && schema.Rules(parameter.Name) is { } rules && new SchemaDescription(schema.Document).Of(rules) is string words ? $" and has to be {words}" : "";
        return $"'{SafeText.Sanitize(parameter.Name, length: LongestName)}' is required{friendly}{expected}.";
    }

    // What other models call by this name, this one may call by another.
    private static string? Twin(string name, ModelSchema schema) =>
        FriendlyNames.Friendly.Where(f => f.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(f => schema.FindFirst(f.Names)?.Name)
            .FirstOrDefault(n => n is not null);
}
